//! Clustering.

mod dbscan;
mod kmeans;

pub use dbscan::{DBSCAN, DbscanKind, DbscanParameters};
pub use kmeans::{KMeans, KMeansKind, KMeansParameters};
