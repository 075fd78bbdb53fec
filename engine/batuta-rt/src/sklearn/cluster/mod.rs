//! Clustering.

mod agglomerative;
mod dbscan;
mod kmeans;
mod mini_batch;

pub use agglomerative::AgglomerativeClustering;
pub use dbscan::{DBSCAN, DbscanKind, DbscanParameters};
pub use kmeans::{KMeans, KMeansKind, KMeansParameters};
pub use mini_batch::MiniBatchKMeans;
