import { onScopeDispose, ref, type Ref } from 'vue'

/** True below 768 px: list first, the map behind a button. */
export function useNarrow(): Readonly<Ref<boolean>> {
  // Where there is no screen to ask, as in tests, the page is a wide one.
  if (typeof matchMedia === 'undefined') return ref(false)
  const media = matchMedia('(max-width: 767px)')
  const narrow = ref(media.matches)
  const follow = (): void => {
    narrow.value = media.matches
  }
  media.addEventListener('change', follow)
  onScopeDispose(() => media.removeEventListener('change', follow))
  return narrow
}
