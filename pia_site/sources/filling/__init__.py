"""Extract + form → what stands for every item, and the edition assembled from it."""
