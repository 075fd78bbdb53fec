//! `MLPClassifier` and `MLPRegressor`: layers of neurons, on NumPy's stream.

use super::errors::{Result, value_error, warn};
use super::estimator::{Estimator, Kind, Role, attributes};
use super::linear_model::{Limits, first_largest, minimise, sigmoid};
use super::metrics::{accuracy, r2};
use super::model_selection::split_rows;
use super::parameters::{Param, ParamType, parameters};
use super::random::RandomState;
use super::sums::{column_sums, sum};
use super::target::Target;
use ndarray::{Array1, Array2, Axis};

/// The sizes of hidden layers.
#[derive(Clone, Debug, PartialEq)]
pub struct Layers(pub Vec<i64>);

impl ParamType for Layers {
    fn to_param(&self) -> Param {
        let parts: Vec<String> = self.0.iter().map(i64::to_string).collect();
        Param::Other(if parts.len() == 1 {
            format!("({},)", parts[0])
        } else {
            format!("({})", parts.join(", "))
        })
    }
    fn from_param(param: &Param) -> Option<Self> {
        match param {
            Param::Int(size) => Some(Layers(vec![*size])),
            Param::Other(text) => {
                let inner = text.strip_prefix('(')?.strip_suffix(')')?;
                let parts = inner
                    .split(',')
                    .map(str::trim)
                    .filter(|part| !part.is_empty());
                Some(Layers(
                    parts.map(|part| part.parse().ok()).collect::<Option<_>>()?,
                ))
            }
            _ => None,
        }
    }
}

/// What a layer does with its sums.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Identity,
    Logistic,
    Tanh,
    Relu,
    Softmax,
}

impl Shape {
    fn named(name: &str) -> Result<Shape> {
        Ok(match name {
            "identity" => Shape::Identity,
            "logistic" => Shape::Logistic,
            "tanh" => Shape::Tanh,
            "relu" => Shape::Relu,
            other => {
                return Err(value_error(format!(
                    "the activation '{other}' is not supported"
                )));
            }
        })
    }

    fn name(self) -> &'static str {
        match self {
            Shape::Identity => "identity",
            Shape::Logistic => "logistic",
            Shape::Tanh => "tanh",
            Shape::Relu => "relu",
            Shape::Softmax => "softmax",
        }
    }

    fn apply(self, table: &mut Array2<f64>) {
        match self {
            Shape::Identity => {}
            Shape::Logistic => table.mapv_inplace(sigmoid),
            Shape::Tanh => table.mapv_inplace(f64::tanh),
            Shape::Relu => table.mapv_inplace(|value| value.max(0.0)),
            Shape::Softmax => *table = super::linear_model::softmax(table),
        }
    }

    /// Multiplies by the derivative, which follows from the layer's values.
    fn slope(self, values: &Array2<f64>, deltas: &mut Array2<f64>) {
        let pairs = deltas.iter_mut().zip(values);
        match self {
            Shape::Logistic => pairs.for_each(|(delta, z)| *delta = *delta * z * (1.0 - z)),
            Shape::Tanh => pairs.for_each(|(delta, z)| *delta *= 1.0 - z * z),
            Shape::Relu => pairs.for_each(|(delta, z)| {
                if *z == 0.0 {
                    *delta = 0.0;
                }
            }),
            _ => {}
        }
    }
}

/// The weights, and what the layers do.
#[derive(Clone, Debug)]
struct Network {
    weights: Vec<Array2<f64>>,
    constants: Vec<Array1<f64>>,
    hidden: Shape,
    last: Shape,
}

impl Network {
    /// The values of all layers.
    fn forward(&self, x: Array2<f64>) -> Vec<Array2<f64>> {
        let mut layers = vec![x];
        for (at, (weights, constants)) in self.weights.iter().zip(&self.constants).enumerate() {
            let mut next = layers[at].dot(weights);
            next += constants;
            let shape = if at + 1 == self.weights.len() {
                self.last
            } else {
                self.hidden
            };
            shape.apply(&mut next);
            layers.push(next);
        }
        layers
    }

    fn answer(&self, x: &Array2<f64>) -> Array2<f64> {
        self.forward(x.clone()).pop().unwrap_or_default()
    }

    fn loss(&self, y: &Array2<f64>, reached: &Array2<f64>) -> f64 {
        let rows = y.nrows() as f64;
        let times_log = |x: f64, y: f64| if x == 0.0 { 0.0 } else { x * y.ln() };
        let each = |one: &dyn Fn(f64, f64) -> f64| {
            let mut table = Array2::zeros(y.dim());
            ndarray::Zip::from(&mut table)
                .and(y)
                .and(reached)
                .for_each(|to, y, p| *to = one(*y, *p));
            column_sums(&table) / rows
        };
        match self.last {
            Shape::Identity => {
                let means = each(&|y, p| (y - p) * (y - p));
                0.5 * (sum(means.iter().copied()) / means.len() as f64)
            }
            Shape::Softmax => -sum(each(&|y, p| {
                times_log(y, p.clamp(f64::EPSILON, 1.0 - f64::EPSILON))
            })),
            _ => -sum(each(&|y, p| {
                let p = p.clamp(f64::EPSILON, 1.0 - f64::EPSILON);
                times_log(y, p) + times_log(1.0 - y, 1.0 - p)
            })),
        }
    }

    /// The loss with its penalty, and the gradients of weights and constants.
    fn learn(
        &self,
        x: Array2<f64>,
        y: &Array2<f64>,
        alpha: f64,
    ) -> (f64, Vec<Array2<f64>>, Vec<Array1<f64>>) {
        let rows = x.nrows() as f64;
        let layers = self.forward(x);
        let count = self.weights.len();
        let reached = &layers[count];
        let mut squares = 0.0;
        for weights in &self.weights {
            squares += weights.iter().map(|weight| weight * weight).sum::<f64>();
        }
        let loss = self.loss(y, reached) + 0.5 * alpha * squares / rows;
        let mut deltas = reached - y;
        let mut weights = Vec::new();
        let mut constants = Vec::new();
        for at in (0..count).rev() {
            let mut own = layers[at].t().dot(&deltas);
            own.scaled_add(alpha, &self.weights[at]);
            own /= rows;
            weights.push(own);
            constants.push(column_sums(&deltas) / rows);
            if at > 0 {
                let mut before = deltas.dot(&self.weights[at].t());
                self.hidden.slope(&layers[at], &mut before);
                deltas = before;
            }
        }
        weights.reverse();
        constants.reverse();
        (loss, weights, constants)
    }

    fn pack(weights: &[Array2<f64>], constants: &[Array1<f64>]) -> Vec<f64> {
        let weights = weights.iter().flat_map(|own| own.iter().copied());
        let constants = constants.iter().flat_map(|own| own.iter().copied());
        weights.chain(constants).collect()
    }

    fn unpack(&mut self, packed: &[f64]) {
        let mut values = packed.iter();
        let weights = self.weights.iter_mut().flat_map(|own| own.iter_mut());
        weights.for_each(|weight| *weight = *values.next().expect("as many as packed"));
        let constants = self.constants.iter_mut().flat_map(|own| own.iter_mut());
        constants.for_each(|constant| *constant = *values.next().expect("as many as packed"));
    }
}

/// The changes of weights in each step.
enum Steps {
    Adam {
        first: Vec<f64>,
        second: Vec<f64>,
        number: i32,
    },
    Momentum(Vec<f64>),
}

/// What both learn.
pub struct Learned {
    network: Network,
    classes: Target,
    loss: f64,
    curve: Vec<f64>,
    rounds: i64,
    seen: i64,
}

/// The settings of either estimator.
/// After so many steps of lbfgs a difference in the last digit of a product has reached the digits that are shown.
const UNSURE: i64 = 100;

struct Settings {
    activation: String,
    alpha: f64,
    batch_size: Param,
    beta_1: f64,
    beta_2: f64,
    early_stopping: bool,
    epsilon: f64,
    hidden_layer_sizes: Layers,
    learning_rate: String,
    learning_rate_init: f64,
    max_fun: i64,
    max_iter: i64,
    momentum: f64,
    n_iter_no_change: i64,
    nesterovs_momentum: bool,
    power_t: f64,
    random_state: Option<i64>,
    shuffle: bool,
    solver: String,
    tol: f64,
    validation_fraction: f64,
    verbose: bool,
}

macro_rules! settings {
    ($parameters:expr) => {
        Settings {
            activation: $parameters.activation.clone(),
            alpha: $parameters.alpha.clone(),
            batch_size: $parameters.batch_size.clone(),
            beta_1: $parameters.beta_1.clone(),
            beta_2: $parameters.beta_2.clone(),
            early_stopping: $parameters.early_stopping.clone(),
            epsilon: $parameters.epsilon.clone(),
            hidden_layer_sizes: $parameters.hidden_layer_sizes.clone(),
            learning_rate: $parameters.learning_rate.clone(),
            learning_rate_init: $parameters.learning_rate_init.clone(),
            max_fun: $parameters.max_fun.clone(),
            max_iter: $parameters.max_iter.clone(),
            momentum: $parameters.momentum.clone(),
            n_iter_no_change: $parameters.n_iter_no_change.clone(),
            nesterovs_momentum: $parameters.nesterovs_momentum.clone(),
            power_t: $parameters.power_t.clone(),
            random_state: $parameters.random_state.clone(),
            shuffle: $parameters.shuffle.clone(),
            solver: $parameters.solver.clone(),
            tol: $parameters.tol.clone(),
            validation_fraction: $parameters.validation_fraction.clone(),
            verbose: $parameters.verbose.clone(),
        }
    };
}

fn start(
    sizes: &[usize],
    settings: &Settings,
    last: Shape,
    random: &mut RandomState,
) -> Result<Network> {
    let hidden = Shape::named(&settings.activation)?;
    let factor: f64 = if hidden == Shape::Logistic { 2.0 } else { 6.0 };
    let (mut weights, mut constants) = (Vec::new(), Vec::new());
    for pair in sizes.windows(2) {
        let bound = (factor / (pair[0] + pair[1]) as f64).sqrt();
        weights.push(Array2::from_shape_simple_fn((pair[0], pair[1]), || {
            random.uniform(-bound, bound)
        }));
        constants.push(Array1::from_shape_simple_fn(pair[1], || {
            random.uniform(-bound, bound)
        }));
    }
    Ok(Network {
        weights,
        constants,
        hidden,
        last,
    })
}

/// One step along the gradient.
fn advance(
    network: &mut Network,
    steps: &mut Steps,
    gradient: &[f64],
    rate: f64,
    settings: &Settings,
) {
    let mut packed = Network::pack(&network.weights, &network.constants);
    match steps {
        Steps::Adam {
            first,
            second,
            number,
        } => {
            *number += 1;
            let (one, two) = (settings.beta_1, settings.beta_2);
            // The powers are those of the C library, as Python computes them.
            let (one_power, two_power) =
                (one.powf(f64::from(*number)), two.powf(f64::from(*number)));
            let rate = settings.learning_rate_init * (1.0 - two_power).sqrt() / (1.0 - one_power);
            for (at, slope) in gradient.iter().enumerate() {
                first[at] = one * first[at] + (1.0 - one) * slope;
                second[at] = two * second[at] + (1.0 - two) * (slope * slope);
                packed[at] += -rate * first[at] / (second[at].sqrt() + settings.epsilon);
            }
        }
        Steps::Momentum(speeds) => {
            for (at, slope) in gradient.iter().enumerate() {
                speeds[at] = settings.momentum * speeds[at] - rate * slope;
                packed[at] += if settings.nesterovs_momentum {
                    settings.momentum * speeds[at] - rate * slope
                } else {
                    speeds[at]
                };
            }
        }
    }
    network.unpack(&packed);
}

/// How good a network is on the rows that were held back.
type Score<'a> = &'a dyn Fn(&Network, &Array2<f64>, &[usize]) -> Result<f64>;

fn train(
    x: &Array2<f64>,
    y: &Array2<f64>,
    classes: Target,
    last: Shape,
    settings: &Settings,
    score: Score<'_>,
) -> Result<Learned> {
    if settings.hidden_layer_sizes.0.iter().any(|size| *size <= 0) {
        return Err(value_error(format!(
            "hidden_layer_sizes must be > 0, got {:?}.",
            settings.hidden_layer_sizes.0
        )));
    }
    let mut sizes = vec![x.ncols()];
    sizes.extend(
        settings
            .hidden_layer_sizes
            .0
            .iter()
            .map(|size| *size as usize),
    );
    sizes.push(y.ncols());
    let mut random = RandomState::from_seed(settings.random_state);
    let mut network = start(&sizes, settings, last, &mut random)?;
    let mut learned = Learned {
        network: network.clone(),
        classes,
        loss: f64::INFINITY,
        curve: Vec::new(),
        rounds: 0,
        seen: 0,
    };
    if settings.solver == "lbfgs" {
        let limits = Limits {
            gradient: settings.tol,
            // SciPy's own rule for a step that gains nothing.
            gain: 2.220446049250313e-9,
            iterations: settings.max_iter,
            searches: 20,
            evaluations: settings.max_fun,
        };
        let packed = Network::pack(&network.weights, &network.constants);
        let mut at = network.clone();
        let minimum = minimise(packed, &limits, |point| {
            at.unpack(point);
            let (loss, weights, constants) = at.learn(x.clone(), y, settings.alpha);
            (loss, Network::pack(&weights, &constants))
        });
        if !minimum.converged && minimum.iterations >= UNSURE {
            crate::py::unsupported(
                "an MLP whose lbfgs has not converged: its numbers follow from the last digits of many steps",
            );
        }
        if !minimum.converged {
            warn(
                "ConvergenceWarning",
                "lbfgs failed to converge after some iterations.",
            );
        }
        network.unpack(&minimum.at);
        learned.loss = network.learn(x.clone(), y, settings.alpha).0;
        learned.rounds = minimum.iterations;
        learned.network = network;
        return Ok(learned);
    }
    let (rows, kept) = if settings.early_stopping {
        let by_class = (last == Shape::Logistic).then(|| Target::Float(y.column(0).to_owned()));
        split_rows(
            x.nrows(),
            by_class.as_ref(),
            settings.validation_fraction,
            &mut random,
        )?
    } else {
        ((0..x.nrows()).collect(), Vec::new())
    };
    let samples = rows.len();
    let batch = match settings.batch_size {
        Param::Int(size) => (size.max(1) as usize).min(samples),
        _ => samples.min(200),
    };
    let total = Network::pack(&network.weights, &network.constants).len();
    let mut steps = if settings.solver == "adam" {
        Steps::Adam {
            first: vec![0.0; total],
            second: vec![0.0; total],
            number: 0,
        }
    } else {
        Steps::Momentum(vec![0.0; total])
    };
    let mut rate = settings.learning_rate_init;
    let mut order: Vec<usize> = (0..samples).collect();
    let mut idle = 0;
    let mut best_loss = f64::INFINITY;
    let mut best_score = f64::NEG_INFINITY;
    let mut best = network.clone();
    let held = x.select(Axis(0), &kept);
    for round in 1..=settings.max_iter {
        if settings.shuffle {
            let mut places: Vec<usize> = (0..samples).collect();
            random.shuffle(&mut places);
            order = places.iter().map(|&place| order[place]).collect();
        }
        let mut whole = 0.0;
        for part in order.chunks(batch) {
            let own: Vec<usize> = part.iter().map(|&place| rows[place]).collect();
            let (loss, weights, constants) = network.learn(
                x.select(Axis(0), &own),
                &y.select(Axis(0), &own),
                settings.alpha,
            );
            whole += loss * part.len() as f64;
            advance(
                &mut network,
                &mut steps,
                &Network::pack(&weights, &constants),
                rate,
                settings,
            );
        }
        learned.rounds = round;
        learned.loss = whole / samples as f64;
        learned.seen += samples as i64;
        learned.curve.push(learned.loss);
        if settings.verbose {
            crate::py::write_out(
                format_args!("Iteration {round}, loss = {:.8}", learned.loss),
                true,
            );
        }
        if settings.early_stopping {
            let reached = score(&network, &held, &kept)?;
            if settings.verbose {
                crate::py::write_out(format_args!("Validation score: {reached:.6}"), true);
            }
            idle = if reached < best_score + settings.tol {
                idle + 1
            } else {
                0
            };
            if reached > best_score {
                best_score = reached;
                best = network.clone();
            }
        } else {
            idle = if learned.loss > best_loss - settings.tol {
                idle + 1
            } else {
                0
            };
            best_loss = best_loss.min(learned.loss);
        }
        if settings.solver == "sgd" && settings.learning_rate == "invscaling" {
            rate = settings.learning_rate_init / ((learned.seen + 1) as f64).powf(settings.power_t);
        }
        if idle > settings.n_iter_no_change {
            let what = if settings.early_stopping {
                format!(
                    "Validation score did not improve more than tol={:.6} for {} consecutive epochs.",
                    settings.tol, settings.n_iter_no_change
                )
            } else {
                format!(
                    "Training loss did not improve more than tol={:.6} for {} consecutive epochs.",
                    settings.tol, settings.n_iter_no_change
                )
            };
            let adaptive = settings.solver == "sgd" && settings.learning_rate == "adaptive";
            let ending = if !adaptive {
                " Stopping.".to_string()
            } else if rate <= 1e-6 {
                " Learning rate too small. Stopping.".to_string()
            } else {
                rate /= 5.0;
                format!(" Setting learning rate to {rate:.6}")
            };
            if settings.verbose {
                crate::py::write_out(format_args!("{what}{ending}"), true);
            }
            if ending.ends_with("Stopping.") {
                break;
            }
            idle = 0;
        }
        if round == settings.max_iter {
            warn(
                "ConvergenceWarning",
                &format!(
                    "Stochastic Optimizer: Maximum iterations ({}) reached and the optimization hasn't converged yet.",
                    settings.max_iter
                ),
            );
        }
    }
    learned.network = if settings.early_stopping {
        best
    } else {
        network
    };
    let mut all = learned.network.weights.iter().flat_map(|own| own.iter());
    if !all.all(|weight| weight.is_finite()) {
        return Err(value_error(
            "Solver produced non-finite parameter weights. The input data may contain large values and need to be preprocessed.",
        ));
    }
    Ok(learned)
}

/// See `MLPClassifier`.
pub struct MLPClassifierKind;
/// Classes by layers of neurons.
pub type MLPClassifier = Estimator<MLPClassifierKind>;

parameters! {
    /// Parameters of `MLPClassifier`.
    MLPClassifierParameters for MLPClassifierKind {
        activation = "activation": String = "relu".to_string(),
        alpha = "alpha": f64 = 1e-4,
        batch_size = "batch_size": Param = Param::Text("auto".to_string()),
        beta_1 = "beta_1": f64 = 0.9,
        beta_2 = "beta_2": f64 = 0.999,
        early_stopping = "early_stopping": bool = false,
        epsilon = "epsilon": f64 = 1e-8,
        hidden_layer_sizes = "hidden_layer_sizes": Layers = Layers(vec![100]),
        learning_rate = "learning_rate": String = "constant".to_string(),
        learning_rate_init = "learning_rate_init": f64 = 1e-3,
        max_fun = "max_fun": i64 = 15000,
        max_iter = "max_iter": i64 = 200,
        momentum = "momentum": f64 = 0.9,
        n_iter_no_change = "n_iter_no_change": i64 = 10,
        nesterovs_momentum = "nesterovs_momentum": bool = true,
        power_t = "power_t": f64 = 0.5,
        random_state = "random_state": Option<i64> = None,
        shuffle = "shuffle": bool = true,
        solver = "solver": String = "adam".to_string(),
        tol = "tol": f64 = 1e-4,
        validation_fraction = "validation_fraction": f64 = 0.1,
        verbose = "verbose": bool = false,
    }
}

fn codes_of(table: &Array2<f64>) -> Vec<usize> {
    let rows = table.rows().into_iter();
    rows.map(|row| {
        if row.len() == 1 {
            usize::from(row[0] > 0.5)
        } else {
            first_largest(row.iter().copied())
        }
    })
    .collect()
}

impl Kind for MLPClassifierKind {
    const NAME: &'static str = "MLPClassifier";
    const ROLE: Role = Role::Classifier;
    type Parameters = MLPClassifierParameters;
    type Fitted = Learned;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Learned> {
        let (classes, codes) = y.classes()?;
        let count = classes.length().unwrap_or(0);
        let columns = if count <= 2 { 1 } else { count };
        let table = Array2::from_shape_fn((x.nrows(), columns), |(row, column)| {
            let class = if columns == 1 { 1 } else { column };
            f64::from(u8::from(codes[row] == class))
        });
        let last = if columns == 1 {
            Shape::Logistic
        } else {
            Shape::Softmax
        };
        let known = classes.clone();
        let score = |network: &Network, held: &Array2<f64>, rows: &[usize]| {
            let reached = known.take(&codes_of(&network.answer(held)));
            accuracy(&y.take(rows), &reached)
        };
        train(x, &table, classes, last, &settings!(parameters), &score)
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Learned,
        x: &Array2<f64>,
    ) -> Result<Target> {
        Ok(fitted.classes.take(&codes_of(&fitted.network.answer(x))))
    }

    fn predict_proba(
        _parameters: &Self::Parameters,
        fitted: &Learned,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let table = fitted.network.answer(x);
        if table.ncols() > 1 {
            return Ok(table);
        }
        let second = table.column(0).to_owned();
        let first = second.mapv(|chance| 1.0 - chance);
        Ok(ndarray::stack(Axis(1), &[first.view(), second.view()]).expect("same lengths"))
    }

    fn classes(fitted: &Learned) -> Result<Target> {
        Ok(fitted.classes.clone())
    }
}

attributes!(MLPClassifier {
    /// The weights between each two layers.
    coefs_ / try_coefs_: Vec<Array2<f64>> = |fitted| fitted.network.weights.clone();
    /// The constant terms of each layer after the first.
    intercepts_ / try_intercepts_: Vec<Array1<f64>> = |fitted| fitted.network.constants.clone();
    /// The loss at the end.
    loss_ / try_loss_: f64 = |fitted| fitted.loss;
    /// The loss after each pass.
    loss_curve_ / try_loss_curve_: Vec<f64> = |fitted| fitted.curve.clone();
    /// The smallest loss.
    best_loss_ / try_best_loss_: f64 = |fitted| fitted.curve.iter().copied().fold(f64::INFINITY, f64::min);
    /// The number of passes.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
    /// The number of rows seen in training.
    t_ / try_t_: i64 = |fitted| fitted.seen;
    /// The number of layers.
    n_layers_ / try_n_layers_: i64 = |fitted| fitted.network.weights.len() as i64 + 1;
    /// The number of columns of the last layer.
    n_outputs_ / try_n_outputs_: i64 = |fitted| fitted.network.constants.last().map_or(0, |last| last.len() as i64);
    /// The function of the last layer.
    out_activation_ / try_out_activation_: String = |fitted| fitted.network.last.name().to_string();
});

/// See `MLPRegressor`.
pub struct MLPRegressorKind;
/// Numbers by layers of neurons.
pub type MLPRegressor = Estimator<MLPRegressorKind>;

parameters! {
    /// Parameters of `MLPRegressor`.
    MLPRegressorParameters for MLPRegressorKind {
        activation = "activation": String = "relu".to_string(),
        alpha = "alpha": f64 = 1e-4,
        batch_size = "batch_size": Param = Param::Text("auto".to_string()),
        beta_1 = "beta_1": f64 = 0.9,
        beta_2 = "beta_2": f64 = 0.999,
        early_stopping = "early_stopping": bool = false,
        epsilon = "epsilon": f64 = 1e-8,
        hidden_layer_sizes = "hidden_layer_sizes": Layers = Layers(vec![100]),
        learning_rate = "learning_rate": String = "constant".to_string(),
        learning_rate_init = "learning_rate_init": f64 = 1e-3,
        max_fun = "max_fun": i64 = 15000,
        max_iter = "max_iter": i64 = 200,
        momentum = "momentum": f64 = 0.9,
        n_iter_no_change = "n_iter_no_change": i64 = 10,
        nesterovs_momentum = "nesterovs_momentum": bool = true,
        power_t = "power_t": f64 = 0.5,
        random_state = "random_state": Option<i64> = None,
        shuffle = "shuffle": bool = true,
        solver = "solver": String = "adam".to_string(),
        tol = "tol": f64 = 1e-4,
        validation_fraction = "validation_fraction": f64 = 0.1,
        verbose = "verbose": bool = false,
    }
}

impl Kind for MLPRegressorKind {
    const NAME: &'static str = "MLPRegressor";
    const ROLE: Role = Role::Regressor;
    type Parameters = MLPRegressorParameters;
    type Fitted = Learned;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, y: &Target) -> Result<Learned> {
        let table = y.floats()?.insert_axis(Axis(1));
        let score = |network: &Network, held: &Array2<f64>, rows: &[usize]| {
            r2(&table.select(Axis(0), rows), &network.answer(held))
        };
        train(
            x,
            &table,
            Target::Absent,
            Shape::Identity,
            &settings!(parameters),
            &score,
        )
    }

    fn predict(
        _parameters: &Self::Parameters,
        fitted: &Learned,
        x: &Array2<f64>,
    ) -> Result<Target> {
        Ok(Target::Float(fitted.network.answer(x).column(0).to_owned()))
    }
}

attributes!(MLPRegressor {
    /// The weights between each two layers.
    coefs_ / try_coefs_: Vec<Array2<f64>> = |fitted| fitted.network.weights.clone();
    /// The constant terms of each layer after the first.
    intercepts_ / try_intercepts_: Vec<Array1<f64>> = |fitted| fitted.network.constants.clone();
    /// The loss at the end.
    loss_ / try_loss_: f64 = |fitted| fitted.loss;
    /// The loss after each pass.
    loss_curve_ / try_loss_curve_: Vec<f64> = |fitted| fitted.curve.clone();
    /// The smallest loss.
    best_loss_ / try_best_loss_: f64 = |fitted| fitted.curve.iter().copied().fold(f64::INFINITY, f64::min);
    /// The number of passes.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
    /// The number of rows seen in training.
    t_ / try_t_: i64 = |fitted| fitted.seen;
    /// The number of layers.
    n_layers_ / try_n_layers_: i64 = |fitted| fitted.network.weights.len() as i64 + 1;
    /// The number of columns of the last layer.
    n_outputs_ / try_n_outputs_: i64 = |fitted| fitted.network.constants.last().map_or(0, |last| last.len() as i64);
    /// The function of the last layer.
    out_activation_ / try_out_activation_: String = |fitted| fitted.network.last.name().to_string();
});
