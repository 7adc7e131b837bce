"""A talk changes its manager, or one of its people goes: asked, shown beforehand, agreed, and done in one step."""
