/** The carriers that parcels may go by, asked for once. */
import { shallowRef } from 'vue'
import { merchant, type Merchant } from '@/api'

const carriers = shallowRef<Merchant['CarrierOut'][]>([])

export function useCarriers() {
  if (!carriers.value.length)
    merchant.get('/carriers').then(
      ({ items }) => {
        carriers.value = [...items]
      },
      () => {},
    )
  const nameOf = (code: string | null | undefined): string =>
    carriers.value.find((carrier) => carrier.code === code)?.name ?? code ?? ''
  return { carriers, nameOf }
}
