//! Weights of words by how few documents have them, and `TfidfTransformer`.

use crate::sklearn::errors::Result;
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// See `TfidfTransformer`.
pub struct TfidfTransformerKind;
/// Counts of words, weighted.
pub type TfidfTransformer = Estimator<TfidfTransformerKind>;

parameters! {
    /// Parameters of `TfidfTransformer`.
    TfidfTransformerParameters for TfidfTransformerKind {
        norm = "norm": Option<String> = Some("l2".to_string()),
        smooth_idf = "smooth_idf": bool = true,
        sublinear_tf = "sublinear_tf": bool = false,
        use_idf = "use_idf": bool = true,
    }
}

/// How counts become weights.
pub(super) struct Weighing<'a> {
    pub norm: Option<&'a str>,
    pub sublinear: bool,
}

/// For each word the logarithm of how rare it is, plus one.
pub(super) fn rarity(counts: &Array2<f64>, smooth: bool) -> Array1<f64> {
    let more = f64::from(u8::from(smooth));
    let documents = counts.nrows() as f64 + more;
    counts
        .columns()
        .into_iter()
        .map(|column| {
            let having = column.iter().filter(|count| **count != 0.0).count() as f64 + more;
            (documents / having).ln() + 1.0
        })
        .collect()
}

impl Weighing<'_> {
    /// The weights of these counts.
    pub(super) fn apply(&self, counts: &Array2<f64>, rarity: Option<&Array1<f64>>) -> Array2<f64> {
        let mut table = counts.clone();
        if self.sublinear {
            table.mapv_inplace(|count| if count == 0.0 { 0.0 } else { count.ln() + 1.0 });
        }
        if let Some(rarity) = rarity {
            table *= rarity;
        }
        for mut row in table.rows_mut() {
            let size: f64 = match self.norm {
                Some("l2") => row.iter().map(|value| value * value).sum::<f64>().sqrt(),
                Some("l1") => row.iter().map(|value| value.abs()).sum(),
                _ => 1.0,
            };
            if size != 0.0 {
                row /= size;
            }
        }
        table
    }
}

impl Kind for TfidfTransformerKind {
    const NAME: &'static str = "TfidfTransformer";
    const ROLE: Role = Role::Transformer;
    type Parameters = TfidfTransformerParameters;
    type Fitted = Array1<f64>;

    fn sparse(_parameters: &Self::Parameters, _fitted: Option<&Self::Fitted>) -> bool {
        true
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Array1<f64>> {
        Ok(rarity(x, parameters.smooth_idf))
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Array1<f64>,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let weighing = Weighing {
            norm: parameters.norm.as_deref(),
            sublinear: parameters.sublinear_tf,
        };
        Ok(weighing.apply(x, parameters.use_idf.then_some(fitted)))
    }
}

attributes!(TfidfTransformer {
    /// How rare each word is.
    idf_ / try_idf_: Array1<f64> = |fitted| (*fitted).clone();
});
