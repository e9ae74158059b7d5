//! What the fuzz targets share: what must hold for every input, and ways to reach deep code with few bytes.

pub mod claim;
pub mod money;
pub mod official;
pub mod pack;
pub mod seal;
pub mod shape;
pub mod table;
pub mod visit;
