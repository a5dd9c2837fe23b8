/** A typed client over generated OpenAPI `paths`. The transport is injected: fetch on the web, uni.request in the shop. */
import type { RefusalCode } from './schema/refusals'

export interface TransportRequest {
  method: string
  url: string
  headers: Record<string, string>
  body?: unknown
}
interface TransportResponse {
  status: number
  data: unknown
}
/** Rejects only when nobody answered; every answer with a status resolves. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type With<Paths, M extends Method> = {
  [P in keyof Paths]: Paths[P] extends Record<M, { responses: unknown }> ? P : never
}[keyof Paths]
type Operation<Paths, P extends keyof Paths, M extends Method> = M extends keyof Paths[P]
  ? Paths[P][M]
  : never
type Parameters<O> = O extends { parameters: infer A }
  ? (A extends { path: infer X } ? { path: X } : unknown) &
      (A extends { query?: infer Q } ? { query?: Q } : unknown)
  : unknown
type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } }
  ? { body: B }
  : O extends { requestBody: { content: { 'multipart/form-data': unknown } } }
    ? { body: FormData }
    : unknown
type Success<O> = O extends { responses: infer R }
  ? {
      [S in keyof R]: S extends 200 | 201 | 202
        ? R[S] extends { content: { 'application/json': infer D } }
          ? D
          : void
        : S extends 204
          ? void
          : never
    }[keyof R]
  : never
type Arguments<Paths, P extends keyof Paths, M extends Method> = Parameters<Operation<Paths, P, M>> &
  Body<Operation<Paths, P, M>>
type Rest<A> = Record<never, never> extends A ? [given?: A] : [given: A]
type Answer<Paths, P extends keyof Paths, M extends Method> = Promise<Success<Operation<Paths, P, M>>>

interface Sentence {
  zh: string
  en: string
}

/** A refusal of the server, or nobody there (`status` 0, `code` "unreachable"). `message` is fit to be shown. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly sentence: Sentence,
    readonly facts: Record<string, unknown> = {},
  ) {
    super(sentence.zh)
    this.name = 'ApiError'
  }
}

const UNREACHABLE: Sentence = {
  zh: '连接不上服务器，请检查网络后再试。',
  en: 'The server cannot be reached. Check the network and try again.',
}
const UNCLEAR: Sentence = {
  zh: '服务器暂时忙不过来，请稍后再试。',
  en: 'The server is busy. Try again in a moment.',
}

export function refusalOf(response: TransportResponse): ApiError {
  const said = response.data as { code?: string; message?: Sentence; facts?: Record<string, unknown> } | null
  if (typeof said?.code === 'string' && said.message)
    return new ApiError(response.status, said.code, said.message, said.facts)
  return new ApiError(response.status, 'unclear', UNCLEAR)
}

/** What to show of anything that was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof ApiError ? error.sentence.zh : '出了点问题，请稍后再试。'
}

/** Whether the server refused with one of these codes. */
export function isRefusal(error: unknown, ...codes: RefusalCode[]): error is ApiError {
  return error instanceof ApiError && (codes as string[]).includes(error.code)
}

interface ClientOptions {
  /** Where the audience's API begins, e.g. `https://shop.example/api/buyer`. */
  base: string
  transport: Transport
  token?: () => string | null
  /** Told once for every 401, and why, so that the client can ask the person to sign in. */
  onSignedOut?: (why: ApiError) => void
}

export function addressOf(
  base: string,
  path: string,
  parts: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parts[name])))
  const asked = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
  return base + filled + (asked.length ? `?${asked.join('&')}` : '')
}

interface Given {
  path?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
}

/** `Paths` are those of one audience. Throws ApiError, nothing else. */
export function createApi<Paths>(options: ClientOptions) {
  async function ask(method: string, path: string, given: Given = {}): Promise<unknown> {
    const token = options.token?.()
    const request: TransportRequest = {
      method,
      url: addressOf(options.base, path, given.path, given.query),
      headers: token ? { authorization: `Bearer ${token}` } : {},
      body: given.body,
    }
    const response = await options.transport(request).catch(() => {
      throw new ApiError(0, 'unreachable', UNREACHABLE)
    })
    if (response.status < 400) return response.data
    const refusal = refusalOf(response)
    if (response.status === 401) options.onSignedOut?.(refusal)
    throw refusal
  }
  return {
    get: <P extends With<Paths, 'get'>>(path: P, ...rest: Rest<Arguments<Paths, P, 'get'>>) =>
      ask('GET', path as string, rest[0] as Given) as Answer<Paths, P, 'get'>,
    post: <P extends With<Paths, 'post'>>(path: P, ...rest: Rest<Arguments<Paths, P, 'post'>>) =>
      ask('POST', path as string, rest[0] as Given) as Answer<Paths, P, 'post'>,
    put: <P extends With<Paths, 'put'>>(path: P, ...rest: Rest<Arguments<Paths, P, 'put'>>) =>
      ask('PUT', path as string, rest[0] as Given) as Answer<Paths, P, 'put'>,
    patch: <P extends With<Paths, 'patch'>>(path: P, ...rest: Rest<Arguments<Paths, P, 'patch'>>) =>
      ask('PATCH', path as string, rest[0] as Given) as Answer<Paths, P, 'patch'>,
    delete: <P extends With<Paths, 'delete'>>(path: P, ...rest: Rest<Arguments<Paths, P, 'delete'>>) =>
      ask('DELETE', path as string, rest[0] as Given) as Answer<Paths, P, 'delete'>,
  }
}

export const fetchTransport: Transport = async ({ method, url, headers, body }) => {
  const isForm = typeof FormData !== 'undefined' && body instanceof FormData
  const response = await fetch(url, {
    method,
    headers: body === undefined || isForm ? headers : { 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : isForm ? body : JSON.stringify(body),
  })
  return { status: response.status, data: await jsonOf(response) }
}

/** For files: what the server gives is a Blob, and what it refuses is a refusal as anywhere. */
export const fileTransport: Transport = async ({ method, url, headers }) => {
  const response = await fetch(url, { method, headers })
  return { status: response.status, data: response.ok ? await response.blob() : await jsonOf(response) }
}

/** null for an answer that is empty or no JSON. */
async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text ? JSON.parse(text) : null
  } catch {
    return null
  }
}
