// Values stay as they stand in the JSON: a machine of these families moves them, and asks for their sort.

export const UNIT = "Unit";

/** The value that stands for `role` of a session. */
export const endpointValue = (session, role) => ({ Endpoint: { session, role } });

/** Whether a value has a sort, such as `nat` or `(nat * (bool * string))`. */
export function hasSort(value, sort) {
  switch (sort) {
    case "unit":
      return value === UNIT;
    case "nat":
      return value.Nat !== undefined;
    case "bool":
      return value.Bool !== undefined;
    case "string":
      return value.Str !== undefined;
  }
  if (sort.startsWith("(")) {
    const [left, right] = parts(sort);
    return value.Prod !== undefined && hasSort(value.Prod[0], left) && hasSort(value.Prod[1], right);
  }
  return value.Blob?.sort === sort;
}

/** The two sorts of a pair: what stands on either side of the one star that is in no inner pair. */
function parts(sort) {
  let depth = 0;
  for (let at = 0; at < sort.length; at += 1) {
    if (sort[at] === "(") depth += 1;
    else if (sort[at] === ")") depth -= 1;
    else if (sort[at] === "*" && depth === 1) return [sort.slice(1, at - 1), sort.slice(at + 2, -1)];
  }
  throw new Error(`${sort} is not a sort`);
}
