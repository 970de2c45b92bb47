/** A photo as the server takes it. */
export interface SlipPhoto {
  readonly type: 'image/jpeg'
  readonly base64: string
}

/** Photos that go with one report or one act. */
export const MOST_PHOTOS = 4
/** Bytes the server takes a photo. */
export const PHOTO_BYTES = 300 * 1024
/** What is not looked at at all, bytes. */
const FILE_BYTES = 40 * 2 ** 20
const LONGEST_SIDES_PX = [1600, 1200, 900, 640] as const
const QUALITIES = [0.82, 0.65, 0.5] as const

/** Why a file is not taken: no image the browser can draw; too large to be looked at; not small enough at the least size. */
export type PhotoFault = 'photo_unreadable' | 'photo_too_large'

export class PhotoRefusal extends Error {
  constructor(readonly code: PhotoFault) {
    super(code)
    this.name = 'PhotoRefusal'
  }
}

/**
 * Draw a photo anew, upright and no larger than the server takes it. Drawing leaves out what the camera wrote beside the
 * picture: where and when it was taken, with which telephone. Throws `PhotoRefusal`.
 */
export async function shrinkPhoto(file: Blob): Promise<SlipPhoto> {
  if (file.size > FILE_BYTES) throw new PhotoRefusal('photo_too_large')
  let picture: ImageBitmap
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    throw new PhotoRefusal('photo_unreadable')
  }
  try {
    for (const sidePx of LONGEST_SIDES_PX) {
      const canvas = drawn(picture, sidePx)
      for (const quality of QUALITIES) {
        const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
        if (!blob) throw new PhotoRefusal('photo_unreadable')
        if (blob.size <= PHOTO_BYTES) return { type: 'image/jpeg', base64: await base64Of(blob) }
      }
    }
  } finally {
    picture.close()
  }
  throw new PhotoRefusal('photo_too_large')
}

function drawn(picture: ImageBitmap, longestPx: number): HTMLCanvasElement {
  const scale = Math.min(1, longestPx / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new PhotoRefusal('photo_unreadable')
  // JPEG knows no transparency: what lies under it is white, not black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let k = 0; k < bytes.length; k += 0x8000) text += String.fromCharCode(...bytes.subarray(k, k + 0x8000))
  return btoa(text)
}
