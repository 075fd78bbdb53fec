//! `CountVectorizer` and `TfidfVectorizer`.

use super::behind;
use super::tokens::{TokenPattern, single_spaces};
use super::weights::{Weighing, rarity};
use crate::py::Dict;
use crate::sklearn::errors::{Result, value_error};
use crate::sklearn::estimator::{Estimator, Kind, Role, attributes};
use crate::sklearn::parameters::{Param, parameters};
use crate::sklearn::table::Feature;
use crate::sklearn::target::Target;
use ndarray::{Array1, Array2, Axis};
use std::collections::{HashMap, HashSet};

/// See `CountVectorizer`.
pub struct CountVectorizerKind;
/// How often each word occurs in each text.
pub type CountVectorizer = Estimator<CountVectorizerKind>;

parameters! {
    /// Parameters of `CountVectorizer`.
    CountVectorizerParameters for CountVectorizerKind {
        analyzer = "analyzer": String = "word".to_string(),
        binary = "binary": bool = false,
        lowercase = "lowercase": bool = true,
        max_df = "max_df": Param = Param::Float(1.0),
        max_features = "max_features": Option<i64> = None,
        min_df = "min_df": Param = Param::Int(1),
        ngram_range = "ngram_range": (i64, i64) = (1, 1),
        stop_words = "stop_words": Option<Vec<String>> = None,
        token_pattern = "token_pattern": String = r"(?u)\b\w\w+\b".to_string(),
    }
}

/// See `TfidfVectorizer`.
pub struct TfidfVectorizerKind;
/// Weights of the words of each text.
pub type TfidfVectorizer = Estimator<TfidfVectorizerKind>;

parameters! {
    /// Parameters of `TfidfVectorizer`.
    TfidfVectorizerParameters for TfidfVectorizerKind {
        analyzer = "analyzer": String = "word".to_string(),
        binary = "binary": bool = false,
        lowercase = "lowercase": bool = true,
        max_df = "max_df": Param = Param::Float(1.0),
        max_features = "max_features": Option<i64> = None,
        min_df = "min_df": Param = Param::Int(1),
        ngram_range = "ngram_range": (i64, i64) = (1, 1),
        norm = "norm": Option<String> = Some("l2".to_string()),
        smooth_idf = "smooth_idf": bool = true,
        stop_words = "stop_words": Option<Vec<String>> = None,
        sublinear_tf = "sublinear_tf": bool = false,
        token_pattern = "token_pattern": String = r"(?u)\b\w\w+\b".to_string(),
        use_idf = "use_idf": bool = true,
    }
}

/// The words that are counted, in order, and in the order in which they were met.
pub struct Vocabulary {
    words: Vec<String>,
    met: Vec<usize>,
    places: HashMap<String, usize>,
}

/// How texts become words, and which are kept.
struct Reading<'a> {
    binary: bool,
    lowercase: bool,
    max_df: &'a Param,
    max_features: Option<i64>,
    min_df: &'a Param,
    ngrams: (i64, i64),
    stop_words: Option<HashSet<&'a str>>,
    analyzer: &'a str,
    pattern: TokenPattern,
}

impl<'a> From<&'a CountVectorizerParameters> for Reading<'a> {
    fn from(own: &'a CountVectorizerParameters) -> Self {
        Reading {
            binary: own.binary,
            lowercase: own.lowercase,
            max_df: &own.max_df,
            max_features: own.max_features,
            min_df: &own.min_df,
            ngrams: own.ngram_range,
            stop_words: stop_words(own.stop_words.as_ref()),
            analyzer: &own.analyzer,
            pattern: TokenPattern::read(&own.token_pattern),
        }
    }
}

impl<'a> From<&'a TfidfVectorizerParameters> for Reading<'a> {
    fn from(own: &'a TfidfVectorizerParameters) -> Self {
        Reading {
            binary: own.binary,
            lowercase: own.lowercase,
            max_df: &own.max_df,
            max_features: own.max_features,
            min_df: &own.min_df,
            ngrams: own.ngram_range,
            stop_words: stop_words(own.stop_words.as_ref()),
            analyzer: &own.analyzer,
            pattern: TokenPattern::read(&own.token_pattern),
        }
    }
}

fn stop_words(words: Option<&Vec<String>>) -> Option<HashSet<&str>> {
    words.map(|words| words.iter().map(String::as_str).collect())
}

/// A number of documents, given as a count or as a share.
fn documents(given: &Param, whole: usize) -> f64 {
    match given {
        Param::Int(count) => *count as f64,
        Param::Float(share) => share * whole as f64,
        _ => 1.0,
    }
}

impl Reading<'_> {
    /// The words of a text, and the runs of words.
    fn words(&self, text: &str) -> Vec<String> {
        let text = if self.lowercase {
            text.to_lowercase()
        } else {
            text.to_string()
        };
        match self.analyzer {
            "char" => self.runs_of_letters(&single_spaces(&text)),
            "char_wb" => self.runs_within_words(&text),
            _ => self.runs_of_words(&text),
        }
    }

    fn runs_of_words(&self, text: &str) -> Vec<String> {
        let mut plain = self.pattern.find_all(text);
        if let Some(stops) = &self.stop_words {
            plain.retain(|word| !stops.contains(word.as_str()));
        }
        let (least, most) = (self.ngrams.0.max(1) as usize, self.ngrams.1 as usize);
        let mut all = Vec::new();
        for length in least..=most.min(plain.len()) {
            all.extend(plain.windows(length).map(|run| run.join(" ")));
        }
        all
    }

    fn runs_of_letters(&self, text: &str) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        let (least, most) = (self.ngrams.0.max(1) as usize, self.ngrams.1 as usize);
        let mut all = Vec::new();
        for length in least..=most.min(letters.len()) {
            all.extend(
                letters
                    .windows(length)
                    .map(|run| run.iter().collect::<String>()),
            );
        }
        all
    }

    /// Runs of letters that lie within one word, whose ends count as blanks.
    fn runs_within_words(&self, text: &str) -> Vec<String> {
        let (least, most) = (self.ngrams.0.max(1) as usize, self.ngrams.1 as usize);
        let mut all = Vec::new();
        for word in text.split_whitespace() {
            let letters: Vec<char> = format!(" {word} ").chars().collect();
            for length in least..=most {
                all.extend(
                    letters
                        .windows(length.min(letters.len()))
                        .map(|run| run.iter().collect::<String>()),
                );
                // A short word counts once.
                if length >= letters.len() {
                    break;
                }
            }
        }
        all
    }

    fn counts(&self, x: &Array2<f64>, vocabulary: &Vocabulary) -> Array2<f64> {
        let texts = behind(x);
        let mut table = Array2::zeros((texts.len(), vocabulary.words.len()));
        for (text, mut row) in texts.iter().zip(table.rows_mut()) {
            for word in self.words(text) {
                if let Some(&place) = vocabulary.places.get(&word) {
                    row[place] = if self.binary { 1.0 } else { row[place] + 1.0 };
                }
            }
        }
        table
    }

    fn learn(&self, x: &Array2<f64>) -> Result<Vocabulary> {
        let texts = behind(x);
        let mut order: Vec<String> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for text in &texts {
            for word in self.words(text) {
                if !places.contains_key(&word) {
                    places.insert(word.clone(), order.len());
                    order.push(word);
                }
            }
        }
        if order.is_empty() {
            return Err(value_error(
                "empty vocabulary; perhaps the documents only contain stop words",
            ));
        }
        let all = vocabulary(order);
        let (high, low) = (
            documents(self.max_df, texts.len()),
            documents(self.min_df, texts.len()),
        );
        if high < low {
            return Err(value_error("max_df corresponds to < documents than min_df"));
        }
        let counts = self.counts(x, &all);
        let mut chosen: Vec<usize> = (0..all.words.len())
            .filter(|&at| {
                let column = counts.column(at);
                let having = column.iter().filter(|count| **count > 0.0).count() as f64;
                having >= low && having <= high
            })
            .collect();
        if let Some(most) = self.max_features
            && chosen.len() > most as usize
        {
            let totals = counts.sum_axis(Axis(0));
            let falling: Array1<i64> = chosen.iter().map(|&at| -(totals[at] as i64)).collect();
            let order = crate::np::argsort(&falling, -1);
            chosen = order
                .iter()
                .take(most as usize)
                .map(|&at| chosen[at as usize])
                .collect();
        }
        if chosen.is_empty() {
            return Err(value_error(
                "After pruning, no terms remain. Try a lower min_df or a higher max_df.",
            ));
        }
        let wanted: HashSet<usize> = chosen.into_iter().collect();
        let kept = |at: &usize| wanted.contains(at);
        let met: Vec<String> = all
            .met
            .iter()
            .filter(|at| kept(at))
            .map(|&at| all.words[at].clone())
            .collect();
        Ok(vocabulary(met))
    }
}

/// The vocabulary of different words in the order in which they were met.
fn vocabulary(order: Vec<String>) -> Vocabulary {
    let mut words = order.clone();
    words.sort();
    let places: HashMap<String, usize> = words
        .iter()
        .enumerate()
        .map(|(place, word)| (word.clone(), place))
        .collect();
    Vocabulary {
        met: order.iter().map(|word| places[word]).collect(),
        words,
        places,
    }
}

impl Vocabulary {
    fn names(&self) -> Array1<String> {
        self.words.clone().into()
    }

    fn dict(&self) -> Dict<String, i64> {
        self.met
            .iter()
            .map(|&place| (self.words[place].clone(), place as i64))
            .collect()
    }
}

impl Kind for CountVectorizerKind {
    const NAME: &'static str = "CountVectorizer";
    const ROLE: Role = Role::Transformer;
    type Parameters = CountVectorizerParameters;
    type Fitted = Vocabulary;

    fn sparse(_parameters: &Self::Parameters, _fitted: Option<&Self::Fitted>) -> bool {
        true
    }

    fn names_out(
        _parameters: &Self::Parameters,
        fitted: &Self::Fitted,
        _features: &[Feature],
    ) -> Option<Result<Vec<String>>> {
        Some(Ok(fitted.words.clone()))
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Vocabulary> {
        Reading::from(parameters).learn(x)
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Vocabulary,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        Ok(Reading::from(parameters).counts(x, fitted))
    }
}

impl Kind for TfidfVectorizerKind {
    const NAME: &'static str = "TfidfVectorizer";
    const ROLE: Role = Role::Transformer;
    type Parameters = TfidfVectorizerParameters;
    type Fitted = (Vocabulary, Array1<f64>);

    fn sparse(_parameters: &Self::Parameters, _fitted: Option<&Self::Fitted>) -> bool {
        true
    }

    fn names_out(
        _parameters: &Self::Parameters,
        fitted: &Self::Fitted,
        _features: &[Feature],
    ) -> Option<Result<Vec<String>>> {
        Some(Ok(fitted.0.words.clone()))
    }

    fn fit(parameters: &Self::Parameters, x: &Array2<f64>, _y: &Target) -> Result<Self::Fitted> {
        let reading = Reading::from(parameters);
        let vocabulary = reading.learn(x)?;
        let rarity = rarity(&reading.counts(x, &vocabulary), parameters.smooth_idf);
        Ok((vocabulary, rarity))
    }

    fn transform(
        parameters: &Self::Parameters,
        fitted: &Self::Fitted,
        x: &Array2<f64>,
    ) -> Result<Array2<f64>> {
        let weighing = Weighing {
            norm: parameters.norm.as_deref(),
            sublinear: parameters.sublinear_tf,
        };
        let counts = Reading::from(parameters).counts(x, &fitted.0);
        Ok(weighing.apply(&counts, parameters.use_idf.then_some(&fitted.1)))
    }
}

attributes!(CountVectorizer {
    /// The words in order.
    get_feature_names_out / try_get_feature_names_out: Array1<String> = |fitted| fitted.names();
    /// The place of each word.
    vocabulary_ / try_vocabulary_: Dict<String, i64> = |fitted| fitted.dict();
});

attributes!(TfidfVectorizer {
    /// The words in order.
    get_feature_names_out / try_get_feature_names_out: Array1<String> = |fitted| fitted.0.names();
    /// The place of each word.
    vocabulary_ / try_vocabulary_: Dict<String, i64> = |fitted| fitted.0.dict();
    /// How rare each word is.
    idf_ / try_idf_: Array1<f64> = |fitted| fitted.1.clone();
});
