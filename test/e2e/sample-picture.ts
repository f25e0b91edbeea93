// A picture to post: hills, a track and a sun, drawn here so that no file of anybody is needed. Point by point: a process that takes
// pictures of people reads no drawings any more.

import sharp from 'sharp'

const [width, height] = [1200, 800]

type Colour = [red: number, green: number, blue: number]

/** Three bytes of what stylesheets call `hsl(hue saturation% lightness%)`. */
function colour(hue: number, saturation: number, lightness: number): Colour {
  const strength = (saturation / 100) * Math.min(lightness / 100, 1 - lightness / 100)
  const part = (of: number) => {
    const at = (of + hue / 30) % 12
    return Math.round(255 * (lightness / 100 - strength * Math.max(-1, Math.min(at - 3, 9 - at, 1))))
  }
  return [part(0), part(8), part(4)]
}

const farHills = (x: number): number => 500 + 60 * Math.sin(x / 190 + 2.2) - x / 40
const nearHills = (x: number): number => 620 + 50 * Math.sin(x / 260 + 0.4)
/** The middle of the track and half of its width, the nearer the wider. */
const trackAt = (y: number): [middle: number, half: number] => {
  const near = (y - 600) / 200
  return [700 - 220 * near + 90 * Math.sin(near * 4), 5 + 26 * near]
}

export function samplePicture(hue = 20): Promise<Buffer> {
  const [sky, sun, far, near, track] = [
    colour(hue, 60, 88),
    colour(hue, 80, 62),
    colour(hue + 120, 25, 45),
    colour(hue + 130, 30, 30),
    colour(hue, 60, 55),
  ]
  const colourAt = (x: number, y: number): Colour => {
    const [middle, half] = trackAt(y)
    if (y > nearHills(x)) return Math.abs(x - middle) < half ? track : near
    if (y > farHills(x)) return far
    return Math.hypot(x - 880, y - 240) < 110 ? sun : sky
  }
  const points = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) points.set(colourAt(x, y), (y * width + x) * 3)
  return sharp(points, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}
