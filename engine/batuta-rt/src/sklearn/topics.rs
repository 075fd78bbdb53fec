//! `LatentDirichletAllocation`: texts as mixtures of topics.

use super::errors::{Result, throwing, value_error};
use super::estimator::{Estimator, Kind, Role, attributes};
use super::parameters::parameters;
use super::random::RandomState;
use super::sums::sum;
use super::target::Target;
use crate::py::math::lgamma;
use ndarray::{Array1, Array2, Axis};

/// See `LatentDirichletAllocation`.
pub struct LatentDirichletAllocationKind;
/// Topics of counted words, by variational Bayes.
pub type LatentDirichletAllocation = Estimator<LatentDirichletAllocationKind>;

parameters! {
    /// Parameters of `LatentDirichletAllocation`.
    LatentDirichletAllocationParameters for LatentDirichletAllocationKind {
        batch_size = "batch_size": i64 = 128,
        doc_topic_prior = "doc_topic_prior": Option<f64> = None,
        evaluate_every = "evaluate_every": i64 = -1,
        learning_decay = "learning_decay": f64 = 0.7,
        learning_method = "learning_method": String = "batch".to_string(),
        learning_offset = "learning_offset": f64 = 10.0,
        max_doc_update_iter = "max_doc_update_iter": i64 = 100,
        max_iter = "max_iter": i64 = 10,
        mean_change_tol = "mean_change_tol": f64 = 0.001,
        n_components = "n_components": i64 = 10,
        perp_tol = "perp_tol": f64 = 0.1,
        random_state = "random_state": Option<i64> = None,
        topic_word_prior = "topic_word_prior": Option<f64> = None,
        total_samples = "total_samples": f64 = 1e6,
    }
}

/// What `LatentDirichletAllocation` learns.
#[derive(Clone)]
pub struct Topics {
    /// How much each word belongs to each topic.
    words: Array2<f64>,
    /// The exponentials of the expected logarithms.
    expected: Array2<f64>,
    own_prior: f64,
    word_prior: f64,
    batches: i64,
    rounds: i64,
    bound: f64,
    random: RandomState,
}

/// The derivative of the logarithm of the gamma function, by its series for large arguments.
fn psi(mut x: f64) -> f64 {
    const EULER: f64 = 0.577_215_664_901_532_9;
    if x <= 1e-6 {
        return -EULER - 1.0 / x;
    }
    let mut result = 0.0;
    while x < 6.0 {
        result -= 1.0 / x;
        x += 1.0;
    }
    let mut part = 1.0 / x;
    result += x.ln() - 0.5 * part;
    part *= part;
    result - part * ((1.0 / 12.0) - part * ((1.0 / 120.0) - part * (1.0 / 252.0)))
}

/// The expected logarithms of the parts of each row.
fn expectations(table: &Array2<f64>) -> Array2<f64> {
    let mut made = table.clone();
    for mut row in made.rows_mut() {
        let mut total = 0.0;
        row.iter().for_each(|value| total += value);
        let whole = psi(total);
        row.mapv_inplace(|value| psi(value) - whole);
    }
    made
}

fn drawn(random: &mut RandomState, rows: usize, columns: usize) -> Array2<f64> {
    Array2::from_shape_simple_fn((rows, columns), || random.gamma(100.0, 0.01))
}

fn log_likelihood(prior: f64, table: &Array2<f64>, expected: &Array2<f64>, size: f64) -> f64 {
    let first = sum(table
        .iter()
        .zip(expected)
        .map(|(value, logarithm)| (prior - value) * logarithm));
    let second = sum(table.iter().map(|value| lgamma(*value) - lgamma(prior)));
    let rows = table.rows().into_iter();
    let third = sum(rows.map(|row| lgamma(prior * size) - lgamma(sum(row.iter().copied()))));
    first + second + third
}

fn largest_first(values: &[f64]) -> f64 {
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = values.iter().map(|value| (value - most).exp()).sum();
    total.ln() + most
}

impl Topics {
    fn new(parameters: &LatentDirichletAllocationParameters, features: usize) -> Self {
        let count = parameters.n_components as usize;
        let mut random = RandomState::from_seed(parameters.random_state);
        let words = drawn(&mut random, count, features);
        let share = 1.0 / count as f64;
        Topics {
            expected: expectations(&words).mapv(f64::exp),
            words,
            own_prior: parameters.doc_topic_prior.unwrap_or(share),
            word_prior: parameters.topic_word_prior.unwrap_or(share),
            batches: 1,
            rounds: 0,
            bound: 0.0,
            random,
        }
    }

    /// The topics of the rows, and what they say of the words.
    fn documents(
        &self,
        parameters: &LatentDirichletAllocationParameters,
        x: &Array2<f64>,
        mut topics: Array2<f64>,
    ) -> (Array2<f64>, Array2<f64>) {
        let mut weights = expectations(&topics).mapv(f64::exp);
        let mut gathered = Array2::zeros(self.words.raw_dim());
        for row in 0..x.nrows() {
            let places: Vec<usize> = (0..x.ncols()).filter(|&at| x[(row, at)] != 0.0).collect();
            let counts: Array1<f64> = places.iter().map(|&at| x[(row, at)]).collect();
            let expected = self.expected.select(Axis(1), &places);
            let mut own = weights.row(row).to_owned();
            let mut mixture = topics.row(row).to_owned();
            let shares = |own: &Array1<f64>| &counts / &(own.dot(&expected) + f64::EPSILON);
            for _ in 0..parameters.max_doc_update_iter {
                let mut next = &own * &expected.dot(&shares(&own));
                let mut total = 0.0;
                for value in &mut next {
                    *value += self.own_prior;
                    total += *value;
                }
                let whole = psi(total);
                own = next.mapv(|value| (psi(value) - whole).exp());
                let change: f64 = mixture.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
                mixture = next;
                if change / (mixture.len() as f64) < parameters.mean_change_tol {
                    break;
                }
            }
            topics.row_mut(row).assign(&mixture);
            let shares = shares(&own);
            for (at, &place) in places.iter().enumerate() {
                for (topic, weight) in own.iter().enumerate() {
                    gathered[(topic, place)] += weight * shares[at];
                }
            }
            weights.row_mut(row).assign(&own);
        }
        (topics, gathered * &self.expected)
    }

    fn learn(
        &mut self,
        parameters: &LatentDirichletAllocationParameters,
        x: &Array2<f64>,
        total: Option<f64>,
    ) {
        let start = drawn(&mut self.random, x.nrows(), self.words.nrows());
        let (_, gathered) = self.documents(parameters, x, start);
        match total {
            None => self.words = gathered + self.word_prior,
            Some(total) => {
                let weight = (parameters.learning_offset + self.batches as f64)
                    .powf(-parameters.learning_decay);
                let share = total / x.nrows() as f64;
                self.words *= 1.0 - weight;
                self.words += &(weight * (self.word_prior + share * gathered));
            }
        }
        self.expected = expectations(&self.words).mapv(f64::exp);
        self.batches += 1;
    }

    fn mixtures(
        &self,
        parameters: &LatentDirichletAllocationParameters,
        x: &Array2<f64>,
    ) -> Array2<f64> {
        let start = Array2::ones((x.nrows(), self.words.nrows()));
        self.documents(parameters, x, start).0
    }

    fn lower_bound(&self, x: &Array2<f64>, mixtures: &Array2<f64>, ratio: Option<f64>) -> f64 {
        let own = expectations(mixtures);
        let words = expectations(&self.words);
        let mut score = 0.0;
        for (row, counts) in x.rows().into_iter().enumerate() {
            let terms = counts
                .iter()
                .enumerate()
                .filter(|(_, count)| **count != 0.0);
            let sums = terms.map(|(at, count)| {
                let parts: Vec<f64> = words
                    .column(at)
                    .iter()
                    .zip(own.row(row))
                    .map(|(word, topic)| topic + word)
                    .collect();
                count * largest_first(&parts)
            });
            score += sums.sum::<f64>();
        }
        score += log_likelihood(self.own_prior, mixtures, &own, self.words.nrows() as f64);
        score *= ratio.unwrap_or(1.0);
        score
            + log_likelihood(
                self.word_prior,
                &self.words,
                &words,
                self.words.ncols() as f64,
            )
    }

    fn perplexity(&self, x: &Array2<f64>, mixtures: &Array2<f64>, ratio: Option<f64>) -> f64 {
        let words = sum(x.iter().copied()) * ratio.unwrap_or(1.0);
        (-self.lower_bound(x, mixtures, ratio) / words).exp()
    }
}

fn check_not_negative(x: &Array2<f64>, whom: &str) -> Result<()> {
    if x.iter().any(|value| *value < 0.0) {
        return Err(value_error(format!(
            "Negative values in data passed to LatentDirichletAllocation.{whom}."
        )));
    }
    Ok(())
}

fn normalised(mut table: Array2<f64>) -> Array2<f64> {
    for mut row in table.rows_mut() {
        let total = sum(row.iter().copied());
        row /= total;
    }
    table
}

fn batches(parameters: &LatentDirichletAllocationParameters, rows: usize) -> Vec<Vec<usize>> {
    let size = parameters.batch_size.max(1) as usize;
    (0..rows)
        .step_by(size)
        .map(|start| (start..(start + size).min(rows)).collect())
        .collect()
}

impl Kind for LatentDirichletAllocationKind {
    const NAME: &'static str = "LatentDirichletAllocation";
    const ROLE: Role = Role::Transformer;
    type Parameters = LatentDirichletAllocationParameters;
    type Fitted = Topics;

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Topics> {
        check_not_negative(x, "fit")?;
        let mut own = Topics::new(parameters, x.ncols());
        let mut last: Option<f64> = None;
        for round in 0..parameters.max_iter {
            if parameters.learning_method == "online" {
                for rows in batches(parameters, x.nrows()) {
                    own.learn(
                        parameters,
                        &x.select(Axis(0), &rows),
                        Some(x.nrows() as f64),
                    );
                }
            } else {
                own.learn(parameters, x, None);
            }
            if parameters.evaluate_every > 0 && (round + 1) % parameters.evaluate_every == 0 {
                let bound = own.perplexity(x, &own.mixtures(parameters, x), None);
                if last
                    .is_some_and(|last| last != 0.0 && (last - bound).abs() < parameters.perp_tol)
                {
                    break;
                }
                last = Some(bound);
            }
            own.rounds += 1;
        }
        own.bound = own.perplexity(x, &own.mixtures(parameters, x), None);
        Ok(own)
    }

    fn learn_more(
        parameters: &Self::Parameters,
        before: Option<&Topics>,
        x: &Array2<f64>,
        _y: &Target,
        _classes: &Target,
    ) -> Result<Topics> {
        check_not_negative(x, "partial_fit")?;
        let mut own = before
            .cloned()
            .unwrap_or_else(|| Topics::new(parameters, x.ncols()));
        for rows in batches(parameters, x.nrows()) {
            let part = x.select(Axis(0), &rows);
            own.learn(parameters, &part, Some(parameters.total_samples));
        }
        Ok(own)
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Topics,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        check_not_negative(x, "transform")?;
        Ok(normalised(fitted.mixtures(parameters, x)))
    }

    fn own_score(
        parameters: &Self::Parameters,
        fitted: &Topics,
        x: &Array2<f64>,
    ) -> Option<Result<f64>> {
        Some(
            check_not_negative(x, "score")
                .map(|()| fitted.lower_bound(x, &fitted.mixtures(parameters, x), None)),
        )
    }
}

attributes!(LatentDirichletAllocation {
    /// How much each word belongs to each topic.
    components_ / try_components_: Array2<f64> = |fitted| fitted.words.clone();
    /// The exponentials of the expected logarithms of the words' chances.
    exp_dirichlet_component_ / try_exp_dirichlet_component_: Array2<f64> = |fitted| fitted.expected.clone();
    /// Passes over the data.
    n_iter_ / try_n_iter_: i64 = |fitted| fitted.rounds;
    /// Passes over batches.
    n_batch_iter_ / try_n_batch_iter_: i64 = |fitted| fitted.batches;
    /// The perplexity at the end.
    bound_ / try_bound_: f64 = |fitted| fitted.bound;
    /// The prior of the documents.
    doc_topic_prior_ / try_doc_topic_prior_: f64 = |fitted| fitted.own_prior;
    /// The prior of the words.
    topic_word_prior_ / try_topic_word_prior_: f64 = |fitted| fitted.word_prior;
});

impl LatentDirichletAllocation {
    /// `perplexity(X)`.
    pub fn try_perplexity(&self, x: &Array2<f64>, sub_sampling: bool) -> Result<f64> {
        check_not_negative(x, "perplexity")?;
        let (fitted, parameters) = (self.fitted()?, self.parameters());
        let ratio = sub_sampling.then(|| parameters.total_samples / x.nrows() as f64);
        Ok(fitted.perplexity(x, &fitted.mixtures(&parameters, x), ratio))
    }

    /// `transform(X, normalize=False)`.
    pub fn try_mixtures(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        check_not_negative(x, "transform")?;
        Ok(self.fitted()?.mixtures(&self.parameters(), x))
    }

    throwing! {
        /// See `try_perplexity`.
        perplexity = try_perplexity(&self, x: &Array2<f64>, sub_sampling: bool) -> f64;
        /// See `try_mixtures`.
        mixtures = try_mixtures(&self, x: &Array2<f64>) -> Array2<f64>;
    }
}
