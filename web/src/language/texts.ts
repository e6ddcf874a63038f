/** The same keys as another language's texts, each with a text of its own. */
export type TextsLike<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : TextsLike<T[Key]> };
