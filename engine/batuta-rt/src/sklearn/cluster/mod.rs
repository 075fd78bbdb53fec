//! Clustering.

mod agglomerative;
mod dbscan;
mod kmeans;

pub use agglomerative::AgglomerativeClustering;
pub use dbscan::{DBSCAN, DbscanKind, DbscanParameters};
pub use kmeans::{KMeans, KMeansKind, KMeansParameters};
