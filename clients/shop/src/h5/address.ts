/** Whether an address of the shop leads anywhere. */
declare const __uniRoutes: { path: string; alias?: string }[]

export function isKnownAddress(hash: string): boolean {
  const path = hash.replace(/^#/, '').split('?')[0] || '/'
  return __uniRoutes.some((route) => route.path === path || route.alias === path)
}
