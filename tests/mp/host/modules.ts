/** A compiled mini program's modules and components, as WeChat's loader knows them. */
import type { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'

type CodeSpace = ReturnType<MiniProgramEnv['createCodeSpace']>
type Wrapped = (require: (path: string) => unknown, module: object, exports: object, global: Window) => void

/** What build.mjs made of the compiled folder; paths have no suffix, except modules'. */
export interface Bundle {
  app: any
  configs: Record<string, any>
  templates: Record<string, unknown>
  modules: Record<string, Wrapped>
}

/** "a/b/c" and "../d" → "a/d"; a leading slash is the mini program's root. */
function joined(from: string, to: string): string {
  const steps = to.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const step of to.split('/')) {
    if (step === '..') steps.pop()
    else if (step && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

export class Loader {
  private readonly loaded: Record<string, { exports: object }> = {}
  private readonly defined = new Set<string>()
  private environment: any
  private attaching: (() => void)[] = []

  constructor(
    private readonly bundle: Bundle,
    private readonly space: CodeSpace,
  ) {}

  /** The globals that a component's or a page's file calls. */
  globals() {
    return {
      Component: (definition: any) => this.environment.Component(this.withReady(definition)),
      Page: (definition: any) => this.environment.Page(definition),
      Behavior: (definition: any) => this.environment.Behavior(definition),
    }
  }

  load(path: string): object {
    const known = this.loaded[path]
    if (known) return known.exports
    const wrapped = this.bundle.modules[path]
    if (!wrapped) throw new Error(`no module ${path}`)
    const module = (this.loaded[path] = { exports: {} })
    const require = (asked: string) => this.load(joined(path, asked).replace(/(\.js)?$/, '.js'))
    wrapped.call(module.exports, require, module, module.exports, window)
    return module.exports
  }

  /** Registers a page or a component, those that it uses first. */
  define(path: string): void {
    if (this.defined.has(path)) return
    this.defined.add(path)
    const config = { ...this.bundle.configs[path] }
    const used = { ...this.bundle.app.usingComponents, ...config.usingComponents }
    for (const [name, at] of Object.entries<string>(used)) {
      used[name] = `/${joined(path, at)}`
      this.define(joined(path, at))
    }
    // uni keeps styles apart by data-v attributes; here all of them are one sheet.
    this.space.addComponentStaticConfig(path, { ...config, usingComponents: used, styleIsolation: 'shared' })
    const content = this.bundle.templates[path]
    const template = { groupList: this.bundle.templates, content, fallbackListenerOnNativeNode: true }
    if (content) this.space.addCompiledTemplate(path, template as never)
    this.space.componentEnv(path, (environment) => {
      const before = this.environment
      this.environment = environment
      try {
        this.load(`${path}.js`)
      } finally {
        this.environment = before
      }
    })
  }

  /** glass-easel leaves `ready` to its host: once a component, after all are attached, children first. */
  private withReady(definition: any) {
    const { ready: readyLife, ...lifetimes } = definition.lifetimes ?? {}
    const { ready: readyOwn, ...rest } = definition
    const attached = lifetimes.attached ?? definition.attached
    const attaching = () => this.attaching
    const flush = () =>
      this.attaching
        .splice(0)
        .reverse()
        .forEach((each) => each())
    lifetimes.attached = function (this: any) {
      attached?.call(this)
      if (!attaching().length) setTimeout(flush)
      attaching().push(() => (readyLife ?? readyOwn)?.call(this))
    }
    return { ...rest, lifetimes }
  }
}
