/** Members that Python's, PyTorch's and NumPy's objects have, and how it is written here. `x` is the object, `$args` the arguments. */

const MEMBERS: Record<string, Record<string, string>> = {
  Tensor: {
    length: "x.shape[0]",
    ndim: "x.shape.length",
    dim: "x.shape.length",
    cuda: 'x.to("gpu")',
    cpu: 'x.to("cpu")',
    numpy: "await x.data()",
    toList: "await x.tolist()",
    toArray: "await x.data()",
    map: "methods of tensors, or (await x.data()).map(...)",
    forEach: "for (const value of await x.data()) { ... }",
    astype: 'x.to("float32")',
    type: 'x.to("float32")',
    long: "x.int()",
    add_: "x.add($args), which gives another tensor",
    sub_: "x.sub($args), which gives another tensor",
    mul_: "x.mul($args), which gives another tensor",
    div_: "x.div($args), which gives another tensor",
    zero_: "zerosLike(x)",
    requires_grad_: "x.requiresGrad = true",
    at: "x.select(0, $args), or (await x.data()).at($args)",
    get: "x.select(0, $args), or (await x.data())[$args]",
  },
  Module: {
    zeroGrad: "optimizer.zeroGrad()",
    zero_grad: "optimizer.zeroGrad()",
    cuda: 'x.to("gpu")',
    cpu: 'x.to("cpu")',
    modules: "x.namedModules()",
    double: 'x.to("float64")',
  },
  DataLoader: {
    length: "x.dataset.length, or count the batches in for await",
    map: "for await (const batch of x) { ... }",
    forEach: "for await (const batch of x) { ... }",
    entries: "let i = 0; for await (const batch of x) { ...; i++; }",
    next: "for await (const batch of x) { ...; break; }",
  },
  Array: {
    append: "x.push($args)",
    extend: "x.push(...$args)",
    insert: "x.splice(at, 0, value)",
    index: "x.indexOf($args)",
    remove: "x.splice(x.indexOf($args), 1)",
    count: "x.filter((each) => each === $args).length",
    copy: "[...x]",
    clear: "x.length = 0",
    mean: "x.reduce((a, b) => a + b, 0) / x.length",
    sum: "x.reduce((a, b) => a + b, 0)",
    shape: "x.length, or tensor(x).shape",
    item: "x[0]",
  },
  String: {
    format: "the text in backticks, with the values in ${ }",
    upper: "x.toUpperCase()",
    lower: "x.toLowerCase()",
    strip: "x.trim()",
    lstrip: "x.trimStart()",
    rstrip: "x.trimEnd()",
    startswith: "x.startsWith($args)",
    endswith: "x.endsWith($args)",
    find: "x.indexOf($args)",
    join: "$args.join(x)",
  },
  Number: { item: "x: it is a number already", format: "x.toFixed(2)" },
  Object: {
    items: "Object.entries(x)",
    keys: "Object.keys(x)",
    values: "Object.values(x)",
    get: "x[$args]",
    update: "Object.assign(x, $args)",
  },
  Map: { items: "x.entries()" },
};

/** What to write instead of a member that a type lacks; null if Python has none of this name. */
export function pythonMember(type: string, name: string): string | null {
  const members = Object.hasOwn(MEMBERS, type) ? MEMBERS[type] : undefined;
  const own = members && Object.hasOwn(members, name) ? members[name] : undefined;
  return own ?? null;
}
