type Point = readonly [x: number, y: number];

/** So many points at most, in their order: of each span of the line the highest one. */
export function highestOfEach(points: readonly Point[], most: number): readonly Point[] {
  const span = Math.ceil(points.length / most);
  const highest: Point[] = [];
  for (let from = 0; from < points.length; from += span) {
    const [first, ...others] = points.slice(from, from + span);
    if (first === undefined) break;
    highest.push(others.reduce((high, point) => (point[1] > high[1] ? point : high), first));
  }
  return highest;
}
