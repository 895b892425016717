/**
 * A loader for node-inspect-extracted. It describes every element of an array to find what else the array has, which for the
 * pixels of a data set takes all of a page's memory; a long array has nothing else.
 */
const start = "getOwnNonIndexProperties:function(t,e=2){";

module.exports = function (source) {
  if (!source.includes("getOwnNonIndexProperties")) return source;
  if (!source.includes(start))
    throw new Error("node-inspect-extracted has another getOwnNonIndexProperties than this loader mends");
  return source.replace(start, `${start}if(ArrayBuffer.isView(t)||Array.isArray(t)&&t.length>1e3)return[];`);
};
