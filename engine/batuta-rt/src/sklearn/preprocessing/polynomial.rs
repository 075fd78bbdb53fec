//! `PolynomialFeatures`.

use crate::sklearn::errors::{Result, throwing, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::parameters;
use crate::sklearn::table::Feature;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2};

/// See `PolynomialFeatures`.
pub struct PolynomialFeaturesKind;
/// All products of features up to a degree, ordered by degree.
pub type PolynomialFeatures = Estimator<PolynomialFeaturesKind>;

parameters! {
    /// Parameters of `PolynomialFeatures`.
    PolynomialFeaturesParameters for PolynomialFeaturesKind {
        degree = "degree": i64 = 2,
        include_bias = "include_bias": bool = true,
        interaction_only = "interaction_only": bool = false,
    }
}

/// The features that each output is the product of.
pub struct Products(Vec<Vec<usize>>);

impl Products {
    /// What each output is called, by the names of the features.
    fn names(&self, names: &[String]) -> Vec<String> {
        let product = |factors: &Vec<usize>| {
            let mut parts = Vec::new();
            for (feature, name) in names.iter().enumerate() {
                match factors.iter().filter(|own| **own == feature).count() {
                    0 => {}
                    1 => parts.push(name.clone()),
                    power => parts.push(format!("{name}^{power}")),
                }
            }
            match parts.is_empty() {
                true => "1".to_string(),
                false => parts.join(" "),
            }
        };
        self.0.iter().map(product).collect()
    }
}

fn extend(
    products: &mut Vec<Vec<usize>>,
    start: &[usize],
    features: usize,
    length: usize,
    distinct: bool,
) {
    if start.len() == length {
        products.push(start.to_vec());
        return;
    }
    let first = start
        .last()
        .map_or(0, |last| if distinct { last + 1 } else { *last });
    for feature in first..features {
        let mut longer = start.to_vec();
        longer.push(feature);
        extend(products, &longer, features, length, distinct);
    }
}

impl Kind for PolynomialFeaturesKind {
    const NAME: &'static str = "PolynomialFeatures";
    const ROLE: Role = Role::Transformer;
    type Parameters = PolynomialFeaturesParameters;
    type Fitted = Products;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Products> {
        let mut products = Vec::new();
        for degree in usize::from(!parameters.include_bias)..=(parameters.degree.max(0) as usize) {
            extend(
                &mut products,
                &[],
                x.ncols(),
                degree,
                parameters.interaction_only,
            );
        }
        Ok(Products(products))
    }

    fn names_out(
        _parameters: &Self::Parameters,
        fitted: &Products,
        features: &[Feature],
    ) -> Option<Result<Vec<String>>> {
        let names: Vec<String> = features.iter().map(|each| each.name.clone()).collect();
        Some(Ok(fitted.names(&names)))
    }

    fn transform(
        _parameters: &Self::Parameters,
        fitted: &Products,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        // Multiplied from the last factor backwards, as scikit-learn does, so that the rounding is the same.
        Ok(Array2::from_shape_fn(
            (x.nrows(), fitted.0.len()),
            |(row, output)| {
                fitted.0[output]
                    .iter()
                    .rev()
                    .map(|&feature| x[(row, feature)])
                    .reduce(|product, factor| factor * product)
                    .unwrap_or(1.0)
            },
        ))
    }
}

attributes!(PolynomialFeatures {
    /// Number of outputs.
    n_output_features_ / try_n_output_features_: i64 = |fitted| fitted.0.len() as i64;
});

impl PolynomialFeatures {
    /// `get_feature_names_out(input_features)`: the powers of the features in each output.
    pub fn try_feature_names(&self, given: Option<Vec<String>>) -> Result<Array1<String>> {
        let fitted = self.fitted()?;
        let count = self.try_n_features_in_()? as usize;
        let names = given.unwrap_or_else(|| (0..count).map(|at| format!("x{at}")).collect());
        if names.len() != count {
            return Err(value_error(
                "input_features should have length equal to number of features",
            ));
        }
        Ok(fitted.names(&names).into())
    }

    throwing! {
        /// See `try_feature_names`.
        feature_names = try_feature_names(&self, given: Option<Vec<String>>) -> Array1<String>;
    }
}
