// Moving numbers: every operation that only moves them (transpose, slice, concat, pad, crop, broadcast) is one strided copy.

function copyBytes(to: usize, from: usize, bytes: usize): void {
  if (bytes >= 256) {
    memory.copy(to, from, bytes);
    return;
  }
  for (; bytes >= 16; bytes -= 16, to += 16, from += 16) v128.store(to, v128.load(from));
  for (; bytes >= 4; bytes -= 4, to += 4, from += 4) store<u32>(to, load<u32>(from));
  for (; bytes > 0; bytes--, to++, from++) store<u8>(to, load<u8>(from));
}

/** `geometry` holds for each axis, outermost first: size, stride of the source and stride of the target, in bytes. `width`: bytes of a number. */
export function copyStrided(from: usize, to: usize, geometry: usize, axes: usize, width: usize): void {
  const size: usize = load<u32>(geometry);
  const fromStride = load<i32>(geometry, 4);
  const toStride = load<i32>(geometry, 8);
  if (axes > 1) {
    for (let i: usize = 0; i < size; i++, from += fromStride, to += toStride) copyStrided(from, to, geometry + 12, axes - 1, width);
  } else if (fromStride === <i32>width && toStride === <i32>width) {
    copyBytes(to, from, size * width);
  } else if (width === 4) {
    for (let i: usize = 0; i < size; i++, from += fromStride, to += toStride) store<u32>(to, load<u32>(from));
  } else {
    for (let i: usize = 0; i < size; i++, from += fromStride, to += toStride) store<u8>(to, load<u8>(from));
  }
}

export function fill(to: usize, count: usize, value: f32): void {
  if (value === 0) memory.fill(to, 0, count << 2);
  else for (const end = to + (count << 2); to < end; to += 4) store<f32>(to, value);
}

export function copy(from: usize, to: usize, bytes: usize): void {
  memory.copy(to, from, bytes);
}

export function floatFromByte(x: usize, y: usize, count: usize): void {
  let i: usize = 0;
  for (; i + 4 <= count; i += 4)
    v128.store(y + (i << 2), f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(x + i)))));
  for (; i < count; i++) store<f32>(y + (i << 2), <f32>load<u8>(x + i));
}

export function floatFromInt(x: usize, y: usize, count: usize): void {
  for (let i: usize = 0; i < count; i++) store<f32>(y + (i << 2), <f32>load<i32>(x + (i << 2)));
}

export function intFromByte(x: usize, y: usize, count: usize): void {
  for (let i: usize = 0; i < count; i++) store<i32>(y + (i << 2), load<u8>(x + i));
}

/** Towards zero; what does not fit becomes the nearest that does. */
export function intFromFloat(x: usize, y: usize, count: usize): void {
  for (let i: usize = 0; i < count; i++)
    store<i32>(y + (i << 2), i32x4.extract_lane(i32x4.trunc_sat_f32x4_s(v128.load32_zero(x + (i << 2))), 0));
}

export function byteFromInt(x: usize, y: usize, count: usize): void {
  for (let i: usize = 0; i < count; i++) store<u8>(y + i, load<i32>(x + (i << 2)));
}
