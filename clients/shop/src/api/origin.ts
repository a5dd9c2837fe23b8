/** Where the server is: on H5 the page's own origin, in the mini program what it was built for. */
export function origin(): string {
  let found = import.meta.env.VITE_BOFEN_URL || 'http://127.0.0.1:8000'
  // #ifdef H5
  found = window.location.origin
  // #endif
  return found
}
