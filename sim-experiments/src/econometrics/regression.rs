//! Linear regression, with or without instruments, and its clustered covariance.

use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};
use std::collections::BTreeMap;
use std::fmt;

/// A part of a column that is left after the columns before it, below which it is taken for a sum of them.
const COLLINEAR: f64 = 1e-9;

/// A regressor or instrument: its name and its values, one for each observation.
pub type Regressor = (String, Vec<f64>);

/// A regression to be run.
///
/// Without endogenous columns it is ordinary least squares. With them it is two-stage least squares: they are
/// replaced by what instruments and exogenous columns tell of them.
#[derive(Clone, Debug, Default)]
pub struct Regression {
    /// What is explained.
    pub outcome: Vec<f64>,
    /// Regressors that need instruments.
    pub endogenous: Vec<Regressor>,
    /// Instruments, at least as many.
    pub instruments: Vec<Regressor>,
    /// Regressors that need none; a constant, if there is to be one, is among them. One that is a sum of
    /// those before it (the baseline of an outcome that nobody had) is left out.
    pub exogenous: Vec<Regressor>,
    /// The cluster of each observation.
    pub clusters: Vec<u32>,
}

/// Why a regression cannot be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegressionError {
    /// Columns differ in length, or a value is not a finite number.
    Shape(String),
    /// There are no more observations than coefficients, or fewer than two clusters.
    TooFew {
        /// Observations.
        observations: usize,
        /// Clusters.
        clusters: usize,
    },
    /// Too few instruments, or a regressor that is a sum of others.
    NotIdentified,
}

impl fmt::Display for RegressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RegressionError::Shape(column) => {
                write!(f, "`{column}` has missing values or another length than the outcome")
            }
            RegressionError::TooFew { observations, clusters } => {
                write!(f, "{observations} observations in {clusters} clusters are too few for a regression")
            }
            RegressionError::NotIdentified => {
                f.write_str("the effect is not identified: assignment does not move what it should")
            }
        }
    }
}

/// A coefficient, or a sum of coefficients, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The coefficient.
    pub coefficient: f64,
    /// Its clustered standard error; missing where the outcome leaves no residual.
    pub error: Option<f64>,
    /// Degrees of freedom of its t: clusters less one.
    pub freedom: f64,
}

impl Estimate {
    /// Coefficient over standard error.
    pub fn t(&self) -> Option<f64> {
        self.error.map(|error| self.coefficient / error)
    }

    /// The two-sided p-value by Student's distribution.
    pub fn p(&self) -> Option<f64> {
        let student = StudentsT::new(0.0, 1.0, self.freedom).ok()?;
        Some(2.0 * student.cdf(-self.t()?.abs()))
    }

    /// The interval that holds the coefficient with this confidence.
    pub fn interval(&self, confidence: f64) -> Option<[f64; 2]> {
        let student = StudentsT::new(0.0, 1.0, self.freedom).ok()?;
        let reach = self.error? * student.inverse_cdf(0.5 + confidence / 2.0);
        Some([self.coefficient - reach, self.coefficient + reach])
    }
}

/// A regression that was run.
#[derive(Clone, Debug)]
pub struct Fit {
    names: Vec<String>,
    coefficients: DVector<f64>,
    covariance: Option<DMatrix<f64>>,
    /// Observations.
    pub observations: usize,
    /// Clusters.
    pub clusters: usize,
    /// Share of the outcome's variance that is explained.
    pub r_squared: f64,
    /// What is left unexplained of each observation.
    pub residuals: Vec<f64>,
}

impl Fit {
    /// The coefficient of a regressor; nothing if it was left out or is none.
    pub fn of(&self, name: &str) -> Option<Estimate> {
        self.combination(&[(name, 1.0)])
    }

    /// A weighted sum of coefficients.
    pub fn combination(&self, parts: &[(&str, f64)]) -> Option<Estimate> {
        let mut weights = DVector::zeros(self.names.len());
        for (name, weight) in parts {
            let at = self.names.iter().position(|known| known == name)?;
            weights[at] = *weight;
        }
        let variance = |covariance: &DMatrix<f64>| (weights.transpose() * covariance * &weights)[(0, 0)];
        Some(Estimate {
            coefficient: weights.dot(&self.coefficients),
            error: self.covariance.as_ref().map(|covariance| variance(covariance).max(0.0).sqrt()),
            freedom: self.clusters as f64 - 1.0,
        })
    }
}

impl Regression {
    /// Runs it.
    ///
    /// The covariance is the sandwich of scores summed by cluster, times `G / (G - 1) x (N - 1) / (N - K)`
    /// for `G` clusters, `N` observations and `K` coefficients, as in most packages (Cameron and Miller,
    /// *Journal of Human Resources* 2015).
    ///
    /// # Errors
    /// Any [`RegressionError`].
    pub fn fit(&self) -> Result<Fit, RegressionError> {
        self.check()?;
        let observations = self.outcome.len();
        let exogenous = independent(&self.exogenous);
        let names: Vec<&Regressor> = self.endogenous.iter().chain(exogenous.iter().copied()).collect();
        let regressors = matrix(observations, &names);
        let instruments: Vec<&Regressor> = self.instruments.iter().chain(exogenous.iter().copied()).collect();
        if independent_count(&instruments) < names.len() {
            return Err(RegressionError::NotIdentified);
        }
        let clusters = groups(&self.clusters);
        if observations <= names.len() || clusters.len() < 2 {
            return Err(RegressionError::TooFew { observations, clusters: clusters.len() });
        }
        let outcome = DVector::from_column_slice(&self.outcome);
        let projected = if self.endogenous.is_empty() {
            regressors.clone()
        } else {
            let basis = orthonormal(&instruments);
            &basis * (basis.transpose() * &regressors)
        };
        let (basis, triangle) = projected.clone().qr().unpack();
        let inverse = inverse(&triangle).ok_or(RegressionError::NotIdentified)?;
        let coefficients = &inverse * (basis.transpose() * &outcome);
        let residuals = &outcome - &regressors * &coefficients;
        let bread = &inverse * inverse.transpose();
        let spread = centred_square(&self.outcome);
        let exact = residuals.norm_squared() <= 1e-18 * outcome.norm_squared().max(f64::MIN_POSITIVE);
        let covariance =
            (!exact && spread > 0.0).then(|| sandwich(&projected, &residuals, &bread, &clusters));
        Ok(Fit {
            names: names.iter().map(|(name, _)| name.clone()).collect(),
            r_squared: 1.0 - residuals.norm_squared() / spread,
            coefficients,
            covariance,
            observations,
            clusters: clusters.len(),
            residuals: residuals.as_slice().to_vec(),
        })
    }

    fn check(&self) -> Result<(), RegressionError> {
        let length = self.outcome.len();
        let sound = |values: &[f64]| values.len() == length && values.iter().all(|value| value.is_finite());
        if !sound(&self.outcome) || self.clusters.len() != length {
            return Err(RegressionError::Shape("outcome".to_owned()));
        }
        let columns = [&self.endogenous, &self.instruments, &self.exogenous];
        match columns.into_iter().flatten().find(|(_, values)| !sound(values)) {
            Some((name, _)) => Err(RegressionError::Shape(name.clone())),
            None => Ok(()),
        }
    }
}

fn matrix(rows: usize, columns: &[&Regressor]) -> DMatrix<f64> {
    DMatrix::from_iterator(rows, columns.len(), columns.iter().flat_map(|(_, values)| values.iter().copied()))
}

/// Sum of squares about the mean.
fn centred_square(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    values.iter().map(|value| (value - mean) * (value - mean)).sum()
}

/// The rows of each cluster.
fn groups(clusters: &[u32]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (row, &cluster) in clusters.iter().enumerate() {
        groups.entry(cluster).or_default().push(row);
    }
    groups.into_values().collect()
}

/// An orthonormal basis of the columns, one vector for each that is not a sum of those before it; and which
/// they are.
fn gram_schmidt(columns: &[&Regressor]) -> (Vec<DVector<f64>>, Vec<usize>) {
    let (mut basis, mut kept): (Vec<DVector<f64>>, Vec<usize>) = (Vec::new(), Vec::new());
    for (at, (_, values)) in columns.iter().enumerate() {
        let mut rest = DVector::from_column_slice(values);
        let length = rest.norm();
        // Twice, so that rounding of the first pass does not count as a part of its own.
        for _ in 0..2 {
            for known in &basis {
                rest -= known * known.dot(&rest);
            }
        }
        if rest.norm() > COLLINEAR * length && length > 0.0 {
            let norm = rest.norm();
            basis.push(rest / norm);
            kept.push(at);
        }
    }
    (basis, kept)
}

fn independent(columns: &[Regressor]) -> Vec<&Regressor> {
    let all: Vec<&Regressor> = columns.iter().collect();
    let (_, kept) = gram_schmidt(&all);
    kept.into_iter().map(|at| all[at]).collect()
}

fn independent_count(columns: &[&Regressor]) -> usize {
    gram_schmidt(columns).0.len()
}

fn orthonormal(columns: &[&Regressor]) -> DMatrix<f64> {
    DMatrix::from_columns(&gram_schmidt(columns).0)
}

/// The inverse of an upper triangle; nothing if a regressor adds nothing to the others.
fn inverse(triangle: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let size = triangle.ncols();
    let diagonal = || (0..size).map(|at| triangle[(at, at)].abs());
    let widest = (0..size).map(|at| triangle.column(at).norm());
    let singular = diagonal().zip(widest).any(|(own, all)| own <= COLLINEAR * all || all == 0.0);
    (!singular).then(|| triangle.solve_upper_triangular(&DMatrix::identity(size, size)))?
}

fn sandwich(
    regressors: &DMatrix<f64>,
    residuals: &DVector<f64>,
    bread: &DMatrix<f64>,
    clusters: &[Vec<usize>],
) -> DMatrix<f64> {
    let (rows, size) = regressors.shape();
    let mut meat = DMatrix::zeros(size, size);
    for cluster in clusters {
        let mut score = DVector::zeros(size);
        for &row in cluster {
            score += regressors.row(row).transpose() * residuals[row];
        }
        meat += &score * score.transpose();
    }
    let (clusters, rows) = (clusters.len() as f64, rows as f64);
    let few = clusters / (clusters - 1.0) * (rows - 1.0) / (rows - size as f64);
    bread * meat * bread * few
}
