/** Belongs to the machine, not to the person: language and width of the panel. */
const OF_THE_MACHINE = ['gewu.locale', 'gewu.panel']

/** Clear what this browser keeps of an account that leaves. Edits the server has not confirmed are asked about, not cleared here. */
export function forgetAccount(storages: readonly Storage[] = [localStorage, sessionStorage]): void {
  for (const storage of storages) {
    const keys = Array.from({ length: storage.length }, (_, k) => storage.key(k) ?? '')
    for (const key of keys) if (key.startsWith('gewu.') && !OF_THE_MACHINE.includes(key)) storage.removeItem(key)
  }
}
