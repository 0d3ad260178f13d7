// Operations on rows of scores.

function largestOf(x: usize, count: usize): f32 {
  let largest = load<f32>(x);
  for (let i: usize = 1; i < count; i++) largest = max(largest, load<f32>(x + (i << 2)));
  return largest;
}

/** y = exp(x - largest); answers the sum. */
function exponentials(x: usize, y: usize, count: usize, largest: f32): f32 {
  let sum: f32 = 0;
  for (let i: usize = 0; i < count << 2; i += 4) {
    const e = Mathf.exp(load<f32>(x + i) - largest);
    store<f32>(y + i, e);
    sum += e;
  }
  return sum;
}

function scale(y: usize, count: usize, by: f32): void {
  for (const end = y + (count << 2); y < end; y += 4) store<f32>(y, load<f32>(y) * by);
}

export function softmax(x: usize, rows: usize, count: usize, y: usize): void {
  for (let row: usize = 0; row < rows; row++, x += count << 2, y += count << 2)
    scale(y, count, 1 / exponentials(x, y, count, largestOf(x, count)));
}

/** loss = log(sum exp(x)) - x[label]; gradient = softmax(x) - oneHot(label). */
export function softmaxCrossEntropy(x: usize, labels: usize, rows: usize, count: usize, loss: usize, gradient: usize): void {
  for (let row: usize = 0; row < rows; row++, x += count << 2, gradient += count << 2, labels += 4, loss += 4) {
    const at: usize = load<u32>(labels) << 2;
    const largest = largestOf(x, count);
    const sum = exponentials(x, gradient, count, largest);
    scale(gradient, count, 1 / sum);
    store<f32>(loss, Mathf.log(sum) - (load<f32>(x + at) - largest));
    store<f32>(gradient + at, load<f32>(gradient + at) - 1);
  }
}

export function argMax(x: usize, rows: usize, count: usize, y: usize): void {
  for (let row: usize = 0; row < rows; row++, x += count << 2, y += 4) {
    let best: usize = 0;
    for (let i: usize = 1; i < count; i++) if (load<f32>(x + (i << 2)) > load<f32>(x + (best << 2))) best = i;
    store<i32>(y, best);
  }
}

export function inTopK(x: usize, labels: usize, rows: usize, count: usize, k: i32, y: usize): void {
  for (let row: usize = 0; row < rows; row++, x += count << 2, labels += 4, y += 4) {
    const score = load<f32>(x + ((<usize>load<u32>(labels)) << 2));
    let larger = 0;
    for (let i: usize = 0; i < count; i++) if (load<f32>(x + (i << 2)) > score) larger++;
    store<f32>(y, larger < k ? 1 : 0);
  }
}

/** A label outside the depth is a row of zeros. */
export function oneHot(labels: usize, count: usize, depth: usize, y: usize): void {
  memory.fill(y, 0, (count * depth) << 2);
  for (let i: usize = 0; i < count; i++, labels += 4, y += depth << 2) {
    const label: usize = load<u32>(labels);
    if (label < depth) store<f32>(y + (label << 2), 1);
  }
}
