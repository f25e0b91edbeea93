// A picture to post: hills, a track and a sun, drawn here so that no file of anybody is needed.

import sharp from 'sharp'

export async function samplePicture(hue = 20): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800" viewBox="0 0 1200 800">
    <rect width="1200" height="800" fill="hsl(${hue} 60% 88%)"/>
    <circle cx="880" cy="240" r="110" fill="hsl(${hue} 80% 62%)"/>
    <path d="M0 560 Q300 360 620 540 T1200 480 V800 H0Z" fill="hsl(${hue + 120} 25% 45%)"/>
    <path d="M0 660 Q420 500 760 640 T1200 600 V800 H0Z" fill="hsl(${hue + 130} 30% 30%)"/>
    <path d="M480 800 Q560 660 700 640 Q820 620 760 560" fill="none" stroke="hsl(${hue} 60% 55%)" stroke-width="28"/>
  </svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}
