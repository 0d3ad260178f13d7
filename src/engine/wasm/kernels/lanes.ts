// Four floats at a time. Where fewer than four are left they are taken one by one, in the first lane of a vector.

/** How many of `left` floats the next step takes: 4 or 1. */
export function step(left: usize): usize {
  return left >= 4 ? 4 : 1;
}

export function loadLanes(address: usize, lanes: usize): v128 {
  return lanes === 4 ? v128.load(address) : v128.load32_zero(address);
}

export function storeLanes(address: usize, value: v128, lanes: usize): void {
  if (lanes === 4) v128.store(address, value);
  else v128.store32_lane(address, value, 0);
}
