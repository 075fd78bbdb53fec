//! Preprocessing: scalers, encoders, polynomial features.

mod bins;
mod encoders;
mod function;
mod label_sets;
mod polynomial;
mod powers;
mod scalers;
mod standard_scaler;

pub use bins::{Binarizer, KBinsDiscretizer, LabelBinarizer, label_binarize, try_label_binarize};
pub use encoders::{
    GivenTexts, LabelEncoder, OneHotEncoder, OneHotEncoderKind, OneHotEncoderParameters,
    OrdinalEncoder, OrdinalEncoderKind, OrdinalEncoderParameters,
};
pub use function::{Function, FunctionTransformer};
pub use label_sets::MultiLabelBinarizer;
pub use polynomial::{PolynomialFeatures, PolynomialFeaturesKind, PolynomialFeaturesParameters};
pub(crate) use powers::bounded;
pub use powers::{
    PowerTransformer, PowerTransformerKind, PowerTransformerParameters, QuantileTransformer,
    QuantileTransformerKind, QuantileTransformerParameters,
};
pub use scalers::{
    MaxAbsScaler, MaxAbsScalerKind, MaxAbsScalerParameters, MinMaxScaler, MinMaxScalerKind,
    MinMaxScalerParameters, Normalizer, NormalizerKind, NormalizerParameters, RobustScaler,
    RobustScalerKind, RobustScalerParameters,
};
pub use standard_scaler::{StandardScaler, StandardScalerKind, StandardScalerParameters};

use ndarray::Array1;

/// Scales that are next to nothing become one, so that constant columns are left alone.
fn without_zeros(scale: Array1<f64>) -> Array1<f64> {
    scale.mapv(|value| {
        if value < 10.0 * f64::EPSILON {
            1.0
        } else {
            value
        }
    })
}
