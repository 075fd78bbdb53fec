//! Prints the numbers of every mapped estimator on fixed data, one line each: `entry|target|numbers`. `tests/parity/measure.py` computes
//! the same in Python and compares.

use batuta_rt::sklearn::datasets::{
    ClassificationOptions, RegressionOptions, Samples, load_breast_cancer, load_diabetes,
    load_iris, make_blobs, make_circles, make_classification, make_moons, make_regression,
};
use batuta_rt::sklearn::model_selection::{
    KFold, Split, StratifiedKFold, cross_val_score, train_test_split,
};
use batuta_rt::sklearn::{self as sk, Param};
use ndarray::{Array1, Array2};

type Labels = Array1<i64>;
type Numbers = Array1<f64>;

fn line<'a>(entry: &str, target: &str, values: impl IntoIterator<Item = &'a f64>) {
    let texts: Vec<String> = values
        .into_iter()
        .map(|value| format!("{value:?}"))
        .collect();
    println!("{entry}|{target}|{}", texts.join(" "));
}

fn whole(values: &Labels) -> Vec<f64> {
    values.iter().map(|value| *value as f64).collect()
}

fn join(parts: &[&[f64]]) -> Vec<f64> {
    parts.concat()
}

fn flat(x: &Array2<f64>) -> Vec<f64> {
    x.iter().copied().collect()
}

fn faithful() {
    let target = "batuta-rt";
    let iris = load_iris();
    let cancer = load_breast_cancer();
    let diabetes = load_diabetes();
    let (x, y) = (&diabetes.data, &diabetes.target);
    let scaled = sk::StandardScaler::new().fit_transform(&cancer.data);
    let linear = sk::LinearRegression::new().fit(x, y);
    line(
        "sklearn.linear_model.LinearRegression",
        target,
        &join(&[
            &linear.coef_().to_vec(),
            &[linear.intercept_()],
            &linear.predict::<Numbers>(x).to_vec(),
        ]),
    );
    let ridge = sk::Ridge::new().alpha(0.5).fit(x, y);
    line(
        "sklearn.linear_model.Ridge",
        target,
        &join(&[
            &ridge.coef_().to_vec(),
            &[ridge.intercept_()],
            &ridge.predict::<Numbers>(x).to_vec(),
        ]),
    );
    let lasso = sk::Lasso::new().alpha(0.1).fit(x, y);
    line(
        "sklearn.linear_model.Lasso",
        target,
        &join(&[&lasso.coef_().to_vec(), &[lasso.intercept_()]]),
    );
    let net = sk::ElasticNet::new().alpha(0.01).l1_ratio(0.7).fit(x, y);
    line(
        "sklearn.linear_model.ElasticNet",
        target,
        &join(&[&net.coef_().to_vec(), &[net.intercept_()]]),
    );
    let logistic = sk::LogisticRegression::new().fit(&scaled, &cancer.target);
    line(
        "sklearn.linear_model.LogisticRegression",
        target,
        &join(&[
            &flat(&logistic.coef_()),
            &logistic.intercept_().to_vec(),
            &flat(&logistic.predict_proba(&scaled)),
        ]),
    );
    for (name, values) in [
        ("StandardScaler", sk::StandardScaler::new().fit_transform(x)),
        ("MinMaxScaler", sk::MinMaxScaler::new().fit_transform(x)),
        ("MaxAbsScaler", sk::MaxAbsScaler::new().fit_transform(x)),
        ("RobustScaler", sk::RobustScaler::new().fit_transform(x)),
        ("Normalizer", sk::Normalizer::new().fit_transform(x)),
        (
            "PolynomialFeatures",
            sk::PolynomialFeatures::new().fit_transform(&iris.data),
        ),
        (
            "OrdinalEncoder",
            sk::OrdinalEncoder::new().fit_transform(&iris.data),
        ),
        (
            "OneHotEncoder",
            sk::OneHotEncoder::new().fit_transform(&iris.data),
        ),
    ] {
        line(&format!("sklearn.preprocessing.{name}"), target, &values);
    }
    let codes = sk::LabelEncoder::new().fit_transform(&vec![
        "red".to_string(),
        "green".to_string(),
        "blue".to_string(),
        "green".to_string(),
    ]);
    line("sklearn.preprocessing.LabelEncoder", target, &whole(&codes));
    let tree = sk::DecisionTreeClassifier::new()
        .random_state(Some(0))
        .fit(&cancer.data, &cancer.target);
    line(
        "sklearn.tree.DecisionTreeClassifier",
        target,
        &join(&[
            &tree.feature_importances_().to_vec(),
            &whole(&tree.predict(&cancer.data)),
        ]),
    );
    let tree = sk::DecisionTreeRegressor::new()
        .random_state(Some(0))
        .max_depth(Some(6))
        .fit(x, y);
    line(
        "sklearn.tree.DecisionTreeRegressor",
        target,
        &join(&[
            &tree.feature_importances_().to_vec(),
            &tree.predict::<Numbers>(x).to_vec(),
        ]),
    );
    let forest = sk::RandomForestClassifier::new()
        .n_estimators(20)
        .random_state(Some(42))
        .fit(&cancer.data, &cancer.target);
    line(
        "sklearn.ensemble.RandomForestClassifier",
        target,
        &join(&[
            &forest.feature_importances_().to_vec(),
            &flat(&forest.predict_proba(&cancer.data)),
        ]),
    );
    let forest = sk::RandomForestRegressor::new()
        .n_estimators(20)
        .random_state(Some(42))
        .fit(x, y);
    line(
        "sklearn.ensemble.RandomForestRegressor",
        target,
        &join(&[
            &forest.feature_importances_().to_vec(),
            &forest.predict::<Numbers>(x).to_vec(),
        ]),
    );
    let boosted = sk::GradientBoostingClassifier::new()
        .n_estimators(20)
        .random_state(Some(0))
        .fit(&cancer.data, &cancer.target);
    line(
        "sklearn.ensemble.GradientBoostingClassifier",
        target,
        &join(&[
            &whole(&boosted.predict(&cancer.data)),
            &flat(&boosted.predict_proba(&cancer.data)),
        ]),
    );
    let means = sk::KMeans::new()
        .n_clusters(3)
        .n_init(Some(10))
        .random_state(Some(42))
        .fit_alone(&iris.data);
    line(
        "sklearn.cluster.KMeans",
        target,
        &join(&[
            &[means.inertia_()],
            &whole(&means.labels_()),
            &flat(&means.cluster_centers_()),
        ]),
    );
    let density = sk::DBSCAN::new().fit_predict(&iris.data);
    line("sklearn.cluster.DBSCAN", target, &whole(&density));
    let near = sk::KNeighborsClassifier::new().fit(&scaled, &cancer.target);
    line(
        "sklearn.neighbors.KNeighborsClassifier",
        target,
        &flat(&near.predict_proba(&scaled)),
    );
    let near = sk::KNeighborsRegressor::new()
        .weights("distance".to_string())
        .fit(
            &x.slice(ndarray::s![..300, ..]).to_owned(),
            &y.slice(ndarray::s![..300]).to_owned(),
        );
    line(
        "sklearn.neighbors.KNeighborsRegressor",
        target,
        &near.predict::<Numbers>(&x.slice(ndarray::s![300.., ..]).to_owned()),
    );
    let bayes = sk::GaussianNB::new().fit(&iris.data, &iris.target);
    line(
        "sklearn.naive_bayes.GaussianNB",
        target,
        &flat(&bayes.predict_proba(&iris.data)),
    );
    let pca = sk::PCA::new()
        .n_components(Param::from(2))
        .fit_alone(&iris.data);
    line(
        "sklearn.decomposition.PCA",
        target,
        &join(&[
            &pca.explained_variance_ratio_().to_vec(),
            &flat(&pca.transform(&iris.data)),
        ]),
    );
    let (train, test, _, labels) = train_test_split(
        (&iris.data, &iris.target),
        Split::new().test_size(0.2).random_state(Some(42)),
    );
    line(
        "sklearn.model_selection.train_test_split",
        target,
        &join(&[&flat(&train), &flat(&test), &whole(&labels)]),
    );
    let folds = KFold::new(5, true, Some(3)).split_alone(150);
    line("sklearn.model_selection.KFold", target, &whole(&folds[2].1));
    let folds = StratifiedKFold::new(5, true, Some(3)).split(&iris.data, &iris.target);
    line(
        "sklearn.model_selection.StratifiedKFold",
        target,
        &whole(&folds[2].1),
    );
    line(
        "sklearn.model_selection.cross_val_score",
        target,
        &cross_val_score(&sk::Ridge::new(), x, y, Some("r2"), 5),
    );
    let search = sk::model_selection::GridSearchCV::new(&sk::Ridge::new())
        .values("alpha", &vec![0.1, 1.0, 10.0])
        .try_fit(x, y)
        .expect("every combination fits");
    line(
        "sklearn.model_selection.GridSearchCV",
        target,
        &[search.best_score_()],
    );
    let (bx, by) = make_blobs(
        &Samples::Whole(200),
        3,
        Some(4),
        &[1.3],
        (-10.0, 10.0),
        true,
        Some(7),
    )
    .0;
    line(
        "sklearn.datasets.make_blobs",
        target,
        &join(&[&flat(&bx), &whole(&by)]),
    );
    let (mx, my) = make_moons(100, true, Some(0.1), Some(3));
    line(
        "sklearn.datasets.make_moons",
        target,
        &join(&[&flat(&mx), &whole(&my)]),
    );
    let (cx, cy) = make_circles(100, true, Some(0.1), Some(3), 0.5);
    line(
        "sklearn.datasets.make_circles",
        target,
        &join(&[&flat(&cx), &whole(&cy)]),
    );
    let (cx, cy) = make_classification(
        200,
        20,
        ClassificationOptions {
            random_state: Some(3),
            ..Default::default()
        },
    );
    line(
        "sklearn.datasets.make_classification",
        target,
        &join(&[&flat(&cx), &whole(&cy)]),
    );
    let (rx, ry) = make_regression(
        100,
        5,
        RegressionOptions {
            noise: 3.0,
            random_state: Some(3),
            ..Default::default()
        },
    );
    line(
        "sklearn.datasets.make_regression",
        target,
        &join(&[&flat(&rx), &ry.to_vec()]),
    );
    line(
        "sklearn.metrics.silhouette_score",
        target,
        &[sk::metrics::silhouette_score(&bx, &by)],
    );
}

#[cfg(feature = "aprender")]
fn crates() {
    use batuta_rt::aprender_adapters::{OnArrays, OnArraysFromStarts, OnArraysWithPenalty};
    let target = "aprender";
    let iris = load_iris();
    let cancer = load_breast_cancer();
    let diabetes = load_diabetes();
    let (x, y) = (&diabetes.data, &diabetes.target);
    let scaled = sk::StandardScaler::new().fit_transform(&cancer.data);
    let linear = aprender::linear_model::LinearRegression::new()
        .on_arrays()
        .fit(x, y);
    line(
        "sklearn.linear_model.LinearRegression",
        target,
        &join(&[
            &linear.coef_().to_vec(),
            &[linear.intercept_()],
            &linear.predict::<Numbers>(x).to_vec(),
        ]),
    );
    let ridge = aprender::linear_model::Ridge::new(0.5)
        .on_arrays()
        .fit(x, y);
    line(
        "sklearn.linear_model.Ridge",
        target,
        &join(&[
            &ridge.coef_().to_vec(),
            &[ridge.intercept_()],
            &ridge.predict::<Numbers>(x).to_vec(),
        ]),
    );
    let lasso = aprender::linear_model::Lasso::new(0.1)
        .on_arrays()
        .fit(x, y);
    line(
        "sklearn.linear_model.Lasso",
        target,
        &join(&[&lasso.coef_().to_vec(), &[lasso.intercept_()]]),
    );
    let logistic = aprender::classification::LogisticRegression::new()
        .with_learning_rate(1.0)
        .with_max_iter(20000)
        .with_tolerance(1e-7)
        .on_arrays_with_penalty(1.0)
        .fit(&scaled, &cancer.target);
    line(
        "sklearn.linear_model.LogisticRegression",
        target,
        &join(&[
            &flat(&logistic.coef_()),
            &logistic.intercept_().to_vec(),
            &flat(&logistic.predict_proba(&scaled)),
        ]),
    );
    line(
        "sklearn.preprocessing.StandardScaler",
        target,
        &aprender::preprocessing::StandardScaler::new()
            .on_arrays()
            .fit_transform(x),
    );
    line(
        "sklearn.preprocessing.MinMaxScaler",
        target,
        &aprender::preprocessing::MinMaxScaler::new()
            .on_arrays()
            .fit_transform(x),
    );
    let density = aprender::cluster::DBSCAN::new(0.5, 5)
        .on_arrays()
        .fit_predict(&iris.data);
    line("sklearn.cluster.DBSCAN", target, &whole(&density));
    // Over 30 seeds: what the statistical targets give. Split and scaling are the faithful ones on both sides.
    let iris_scaled = sk::StandardScaler::new().fit_transform(&iris.data);
    let (mut accuracies, mut inertias) = (Vec::new(), Vec::new());
    let (blobs, _) = make_blobs(
        &Samples::Whole(300),
        4,
        Some(5),
        &[2.5],
        (-10.0, 10.0),
        true,
        Some(11),
    )
    .0;
    for seed in 0..30 {
        let (train, test, known, labels) = train_test_split(
            (&iris_scaled, &iris.target),
            Split::new().test_size(0.2).random_state(Some(seed)),
        );
        let forest = aprender::tree::RandomForestClassifier::new(100)
            .with_random_state(seed as u64)
            .on_arrays()
            .fit(&train, &known);
        accuracies.push(forest.score(&test, &labels));
        let means = aprender::cluster::KMeans::new(5)
            .on_arrays_from_starts(seed as u64, 10)
            .fit_alone(&blobs);
        inertias.push(means.inertia_());
    }
    line(
        "sklearn.ensemble.RandomForestClassifier",
        target,
        &accuracies,
    );
    line("sklearn.cluster.KMeans", target, &inertias);
    let boosted = aprender::tree::GradientBoostingClassifier::new()
        .with_n_estimators(20)
        .on_arrays()
        .fit(&cancer.data, &cancer.target);
    line(
        "sklearn.ensemble.GradientBoostingClassifier",
        target,
        &join(&[
            &whole(&boosted.predict(&cancer.data)),
            &flat(&boosted.predict_proba(&cancer.data)),
        ]),
    );
    let tree = aprender::tree::DecisionTreeClassifier::new()
        .on_arrays()
        .fit(&iris.data, &iris.target);
    line(
        "sklearn.tree.DecisionTreeClassifier",
        target,
        &whole(&tree.predict(&iris.data)),
    );
}

fn main() {
    faithful();
    #[cfg(feature = "aprender")]
    crates();
}
