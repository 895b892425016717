import { Comment, Converter, ReflectionKind } from "typedoc";

/**
 * A plugin of typedoc. What a class says of its constructor's parameters goes to the constructor; layers, which can be called,
 * would otherwise be asked to have them as parameters of the call.
 */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const layer of project.getReflectionsByKind(ReflectionKind.Class)) {
      const tags = layer.comment?.removeTags ? layer.comment.getTags("@param") : [];
      for (const { comment } of layer.signatures ?? []) comment?.removeTags("@param");
      if (tags.length === 0) continue;
      layer.comment.removeTags("@param");
      const own = layer.children?.find((child) => child.kindOf(ReflectionKind.Constructor));
      for (const signature of own?.signatures ?? [])
        for (const tag of tags) {
          const parameter = signature.parameters?.find(({ name }) => name === tag.name);
          if (parameter && !parameter.comment) parameter.comment = new Comment(tag.content);
        }
    }
  });
}
