//! scikit-learn's estimators, faithful: float64, the same algorithms, the same random streams, the same errors.

pub mod calibration;
mod class_weight;
pub mod cluster;
pub mod compose;
pub mod covariance;
pub mod cross_decomposition;
pub mod datasets;
pub mod decomposition;
pub mod discriminant;
pub mod dummy;
pub mod ensemble;
pub(crate) mod errors;
pub(crate) mod estimator;
pub mod feature_selection;
pub mod gaussian_process;
pub mod impute;
pub mod independent;
pub mod inspection;
pub mod isotonic;
pub mod kernel_approximation;
pub mod kernel_parts;
pub mod kernel_pca;
pub mod kernel_ridge;
mod layout;
mod linear_algebra;
pub mod linear_model;
pub mod matrix_factors;
pub mod metrics;
pub mod mixture;
mod model;
pub mod model_selection;
pub mod multiclass;
pub mod multioutput;
pub mod naive_bayes;
pub mod names;
pub mod neighbors;
pub mod neural;
mod parameters;
pub mod pipeline;
pub mod preprocessing;
mod random;
pub mod semi_supervised;
mod sparse;
mod special;
mod sums;
pub mod svm;
pub mod table;
mod target;
pub mod text;
pub mod topics;
pub mod transformed_target;
pub mod tree;
pub mod utils;

pub use calibration::CalibratedClassifierCV;
pub use class_weight::ClassWeight;
pub use cluster::{AgglomerativeClustering, DBSCAN, KMeans, MiniBatchKMeans};
pub use compose::{ColumnTransformer, Columns, FeatureUnion};
pub use covariance::{
    EllipticEnvelope, EmpiricalCovariance, LedoitWolf, MinCovDet, OAS, ShrunkCovariance,
};
pub use cross_decomposition::PLSRegression;
pub use decomposition::PCA;
pub use discriminant::{LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis};
pub use dummy::{DummyClassifier, DummyRegressor};
pub use ensemble::{
    AdaBoostClassifier, AdaBoostRegressor, BaggingClassifier, BaggingRegressor, IsolationForest,
    StackingClassifier, StackingRegressor, VotingClassifier, VotingRegressor,
};
pub use estimator::{AnyEstimator, Estimator, Kind, Role};
pub use feature_selection::{
    RFE, RFECV, SelectFromModel, SelectKBest, SelectPercentile, SequentialFeatureSelector,
    VarianceThreshold,
};
pub use gaussian_process::GaussianProcessRegressor;
pub use impute::{IterativeImputer, KNNImputer, MissingIndicator, SimpleImputer};
pub use independent::{FastICA, GaussianRandomProjection};
pub use isotonic::IsotonicRegression;
pub use kernel_approximation::{Nystroem, RBFSampler};
pub use kernel_pca::KernelPCA;
pub use kernel_ridge::KernelRidge;
pub use layout::Shown;
pub use linear_model::{
    ARDRegression, BayesianRidge, GammaRegressor, HuberRegressor, PoissonRegressor,
    RANSACRegressor, TweedieRegressor,
};
pub use linear_model::{
    ElasticNet, ElasticNetCV, Lasso, LassoCV, LinearRegression, LogisticRegression, Perceptron,
    Ridge, RidgeCV, RidgeClassifier, RidgeClassifierCV, SGDClassifier, SGDRegressor,
};
pub use matrix_factors::{NMF, TruncatedSVD};
pub use mixture::GaussianMixture;
pub use model::{Model, Renewed, clone, has, has_by_class, of_class};
pub use model_selection::Cv;
pub use multiclass::{OneVsOneClassifier, OneVsRestClassifier};
pub use multioutput::{
    ClassifierChain, MultiOutputClassifier, MultiOutputRegressor, RegressorChain,
};
pub use naive_bayes::{BernoulliNB, CategoricalNB, ComplementNB, GaussianNB, MultinomialNB};
pub use neighbors::{
    KNeighborsClassifier, KNeighborsRegressor, KernelDensity, LocalOutlierFactor, NearestCentroid,
    NearestNeighbors,
};
pub use neural::{Layers, MLPClassifier, MLPRegressor};
pub use parameters::{Grid, Inner, Param, ParamType, Parameters, known, no_setting, setting};
pub use pipeline::Pipeline;
pub use preprocessing::{
    Binarizer, Function, FunctionTransformer, KBinsDiscretizer, LabelBinarizer, LabelEncoder,
    MaxAbsScaler, MinMaxScaler, MultiLabelBinarizer, Normalizer, OneHotEncoder, OrdinalEncoder,
    PolynomialFeatures, PowerTransformer, QuantileTransformer, RobustScaler, StandardScaler,
};
pub use semi_supervised::{LabelPropagation, LabelSpreading, SelfTrainingClassifier};
pub use sparse::sparse;
pub use svm::{LinearSVC, LinearSVR, OneClassSVM, SVC, SVR};
pub use table::Table;
pub use target::{Labels, Target, numbers, typed};
pub use text::{CountVectorizer, TfidfTransformer, TfidfVectorizer, pooled_texts, texts};
pub use topics::LatentDirichletAllocation;
pub use transformed_target::TransformedTargetRegressor;
pub use tree::{
    DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreesClassifier, ExtraTreesRegressor,
    GradientBoostingClassifier, GradientBoostingRegressor, HistGradientBoostingClassifier,
    HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor,
};
