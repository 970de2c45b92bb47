/** Colours of routes by number, told apart by colour-blind eyes and on paper; from the ninth on they begin again, the number tells. */
export const ROUTE_COLOURS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#B8860B', '#5B4EA8', '#3F7F93', '#8C2D04'] as const

/** Colour of a route; numbers begin at 1. */
export const routeColour = (number: number): string => ROUTE_COLOURS[(number - 1) % ROUTE_COLOURS.length]
