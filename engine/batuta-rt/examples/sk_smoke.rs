use batuta_rt::sklearn::datasets::*;
use batuta_rt::sklearn::metrics::*;
use batuta_rt::sklearn::model_selection::*;
use batuta_rt::sklearn::*;
use ndarray::{Array1, Array2, array};
fn main() {
    let data = load_iris();
    let scaler = StandardScaler::new();
    let xs = scaler.fit_transform(&data.data);
    let (xtr, xte, ytr, yte) = train_test_split(
        (&xs, &data.target),
        Split::new().test_size(0.2).random_state(Some(42)),
    );
    println!("{:?}", yte.to_vec());
    let model = RandomForestClassifier::new()
        .n_estimators(100)
        .random_state(Some(42));
    model.fit(&xtr, &ytr);
    let p: Array1<i64> = model.predict(&xte);
    println!(
        "acc {:?} {:?}",
        accuracy_score(&yte, &p),
        model.feature_importances_().to_vec()
    );
    println!("{:?}", model.predict_proba(&xte).column(1).to_vec());
    let x = array![[1., 2.], [3., 4.], [5., 6.], [7., 8.], [9., 10.]];
    let y = array![1.5, 3.5, 5.5, 7.5, 9.5];
    println!(
        "{:?}",
        cross_val_score(&LinearRegression::new(), &x, &y, Some("r2"), 3)
    );
    let bc = load_breast_cancer();
    let sx = StandardScaler::new().fit_transform(&bc.data);
    let lr = LogisticRegression::new();
    lr.fit(&sx, &bc.target);
    println!(
        "lr {:?} {:?} {:?}",
        lr.coef_().row(0).to_vec(),
        lr.intercept_().to_vec(),
        lr.n_iter_()
    );
    let lr = LogisticRegression::new().max_iter(1000);
    lr.fit(&data.data, &data.target);
    println!(
        "lr3 {:?} {:?} {:?}",
        lr.coef_(),
        lr.intercept_().to_vec(),
        lr.n_iter_()
    );
    let di = load_diabetes();
    for a in [0.1, 1.0] {
        let l = Lasso::new().alpha(a);
        l.fit(&di.data, &di.target);
        println!(
            "lasso {:?} {:?} {:?} {}",
            l.coef_().to_vec(),
            l.intercept_(),
            l.n_iter_(),
            l.dual_gap_()
        );
        let l = Ridge::new().alpha(a);
        l.fit(&di.data, &di.target);
        println!("ridge {:?} {:?}", l.coef_().to_vec(), l.intercept_());
        let l = ElasticNet::new().alpha(a);
        l.fit(&di.data, &di.target);
        println!(
            "enet {:?} {:?} {:?}",
            l.coef_().to_vec(),
            l.intercept_(),
            l.n_iter_()
        );
    }
    let l = LinearRegression::new();
    l.fit(&di.data, &di.target);
    println!(
        "lin {:?} {:?} {} {:?}",
        l.coef_().to_vec(),
        l.intercept_(),
        l.score(&di.data, &di.target),
        l.singular_().to_vec()
    );
    let (bx, by) = make_blobs(300, 2, Some(4), 1.5, (-10., 10.), true, Some(7));
    println!("blobs {:?} {:?}", bx.row(5).to_vec(), &by.to_vec()[..10]);
    for (k, n) in [(3, Some(10)), (4, None), (6, Some(3))] {
        let km = KMeans::new().n_clusters(k).n_init(n).random_state(Some(42));
        let l = km.fit_predict(&bx);
        println!(
            "km {:?} {} {} {:?}",
            km.inertia_(),
            km.n_iter_(),
            silhouette_score(&bx, &l),
            &l.to_vec()[..20]
        );
    }
    let (cx, cy) = make_classification(
        200,
        20,
        ClassificationOptions {
            random_state: Some(3),
            ..Default::default()
        },
    );
    println!("cls {:?} {:?}", cx.row(7).to_vec(), &cy.to_vec()[..20]);
    let (rx, ry) = make_regression(
        100,
        5,
        RegressionOptions {
            noise: 3.0,
            random_state: Some(3),
            ..Default::default()
        },
    );
    println!("reg {:?} {:?}", rx.row(7).to_vec(), &ry.to_vec()[..5]);
    let (mx, my) = make_moons(100, true, Some(0.1), Some(3));
    println!("moons {:?} {:?}", mx.row(7).to_vec(), &my.to_vec()[..5]);
    let dt = DecisionTreeRegressor::new()
        .random_state(Some(0))
        .max_depth(Some(5));
    dt.fit(&di.data, &di.target);
    let p: Array1<f64> = dt.predict(&di.data);
    println!(
        "dtr {:?} {} {} {:?}",
        &p.to_vec()[..8],
        dt.get_depth(),
        dt.get_n_leaves(),
        dt.feature_importances_().to_vec()
    );
    let rf = RandomForestRegressor::new()
        .n_estimators(20)
        .random_state(Some(1));
    rf.fit(&di.data, &di.target);
    let p: Array1<f64> = rf.predict(&di.data);
    println!("rfr {:?}", &p.to_vec()[..8]);
    let db = DBSCAN::new().eps(0.3);
    println!("db {:?}", db.fit_predict(&mx).to_vec());
    let (tr, te) = train_test_split(
        (&(0..150i64).collect::<Array1<i64>>(),),
        Split::new()
            .test_size(0.33)
            .random_state(Some(5))
            .stratify(&data.target),
    );
    let (tr, te) = (tr.to_vec(), te.to_vec());
    println!("strat {:?} {:?}", &tr[..10], &te[..10]);
    let f = StratifiedKFold::new(4, true, Some(9)).split(&data.data, &data.target);
    println!("skf {:?}", f[1].1.to_vec());
    let dt = DecisionTreeClassifier::new().random_state(Some(0));
    println!(
        "cv {:?}",
        cross_val_score(&dt, &bc.data, &bc.target, None, 5).to_vec()
    );
    let p: Array1<i64> = lr.predict(&data.data);
    println!("{}", classification_report(&data.target, &p, None, 2, None));
    println!("{:?}", confusion_matrix(&data.target, &p));
    println!("{}", batuta_rt::py::Repr(&rf));
    let _: Array2<f64>;
}
