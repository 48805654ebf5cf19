/** How a component is told what to be: by its shape, which it plans itself, or by a plan that was made of it before. */
export type Planned<Shape, Plan> = (Shape & { readonly plan?: never }) | { readonly plan: Plan };
