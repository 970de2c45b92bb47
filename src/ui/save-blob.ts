/** Hand a file to the person. The date keeps one from replacing another. */
export function saveBlob(stem: string, ending: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = `${stem}-${new Date().toISOString().slice(0, 10)}.${ending}`
  link.click()
  // The browser has taken the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
