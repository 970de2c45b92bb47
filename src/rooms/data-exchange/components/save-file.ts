/** Hand a text to the person as a file. The date keeps one export from replacing another. */
export function saveFile(stem: string, ending: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${stem}-${new Date().toISOString().slice(0, 10)}.${ending}`
  link.click()
  // The browser has taken the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
