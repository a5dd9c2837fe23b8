/** The carriers that parcels may go by, asked for once and again after a failure. */
import { useLoaded } from '@bofen/kit'
import { merchant } from '@/api'

const {
  data: carriers,
  error,
  isLoading,
  load,
} = useLoaded(async () => (await merchant.get('/carriers')).items)

export function useCarriers() {
  if (!carriers.value && !isLoading.value) load()
  const nameOf = (code: string | null | undefined): string =>
    carriers.value?.find((carrier) => carrier.code === code)?.name ?? code ?? ''
  return { carriers, error, load, nameOf }
}
