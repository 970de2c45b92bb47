/** Attributes of the panel below a `TabBar`: the bar's `id` and the tab that is chosen, which names the panel. */
export function tabPanel(id: string, chosen: string): Record<string, string> {
  return { id: `${id}-tabpanel`, role: 'tabpanel', 'aria-labelledby': `${id}-tab-${chosen}` }
}
