//! Where an outcome's variance comes from: what is decided (factors and policies), the world (places and
//! households, by `world_seed`), and chance (all other draws, by `seed`).
//!
//! Points, worlds and replicates are crossed, with one run in each cell. The model is the three-way crossed
//! one of random effects; components are those of the analysis of variance, which sets mean squares equal to
//! their expectations (Searle, Casella and McCulloch 1992, chapter 4): unbiased whatever the distributions.
//! What replicates do by themselves and together with anything else is chance. So it is whether replicates
//! share their seeds between points (common random numbers) or not: if they do, their own effect is large and
//! the remainder small; if not, the other way round. Taking only the variance within cells for chance, as is
//! done where seeds are not shared, would then still be right, but what chance does to a cell's mean would
//! not: with shared seeds it is the same in all cells, and nothing is to be taken off.

/// A variance, by where it comes from. Each part is never below nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Components {
    /// Of what is decided; nothing with one point.
    pub decided: f64,
    /// Of the world.
    pub world: f64,
    /// Of the world where it makes what is decided work otherwise.
    pub both: f64,
    /// Of chance.
    pub chance: f64,
    /// Points that were complete.
    pub points: usize,
    /// Worlds.
    pub worlds: usize,
    /// Replicates.
    pub replicates: usize,
}

/// Fewest worlds, and fewest replicates, that tell components apart.
const FEWEST: usize = 2;

impl Components {
    /// Of values by point, world and replicate. Points that lack a value are left out.
    ///
    /// Nothing with fewer than two worlds or replicates, or if no point is complete.
    pub fn of(values: &[Vec<Vec<f64>>]) -> Option<Components> {
        let worlds = values.iter().map(Vec::len).max()?;
        let replicates = values.iter().flatten().map(Vec::len).max()?;
        let is_whole = |point: &&Vec<Vec<f64>>| {
            point.len() == worlds
                && point.iter().all(|runs| runs.len() == replicates && runs.iter().all(|run| run.is_finite()))
        };
        let whole: Vec<&Vec<Vec<f64>>> = values.iter().filter(is_whole).collect();
        if whole.is_empty() || worlds < FEWEST || replicates < FEWEST {
            return None;
        }
        let cells: Vec<f64> = whole.iter().flat_map(|point| point.iter().flatten().copied()).collect();
        Some(Cells { cells, sizes: [whole.len(), worlds, replicates] }.components())
    }

    /// All of it.
    pub fn total(&self) -> f64 {
        self.decided + self.world + self.both + self.chance
    }
}

/// Values by point, world and replicate, in this order, none missing.
struct Cells {
    cells: Vec<f64>,
    sizes: [usize; 3],
}

impl Cells {
    /// Means over what is not kept, each at every cell.
    fn means(&self, kept: [bool; 3]) -> Vec<f64> {
        let [_, worlds, replicates] = self.sizes;
        let place = |cell: usize| {
            let at = [cell / (worlds * replicates), cell / replicates % worlds, cell % replicates];
            (0..3).fold(0, |place, axis| if kept[axis] { place * self.sizes[axis] + at[axis] } else { place })
        };
        let groups: usize = (0..3).filter(|&axis| kept[axis]).map(|axis| self.sizes[axis]).product();
        let mut sums = vec![0.0; groups];
        self.cells.iter().enumerate().for_each(|(cell, value)| sums[place(cell)] += value);
        let size = (self.cells.len() / groups) as f64;
        (0..self.cells.len()).map(|cell| sums[place(cell)] / size).collect()
    }

    /// The mean square of an effect of the axes that are kept together; nothing where they have no freedom.
    fn mean_square(&self, axes: [bool; 3]) -> f64 {
        let free: usize = (0..3).filter(|&axis| axes[axis]).map(|axis| self.sizes[axis] - 1).product();
        let order = axes.iter().filter(|&&is_in| is_in).count();
        // By inclusion and exclusion: the mean of the axes less the effects of all parts of them.
        let mut effect = vec![0.0; self.cells.len()];
        for part in 0..8_u8 {
            let kept = [0, 1, 2].map(|axis| part >> axis & 1 == 1);
            if (0..3).any(|axis| kept[axis] && !axes[axis]) {
                continue;
            }
            let left = order - kept.iter().filter(|&&is_in| is_in).count();
            let sign = if left % 2 == 0 { 1.0 } else { -1.0 };
            let means = self.means(kept);
            effect.iter_mut().zip(means).for_each(|(sum, mean)| *sum += sign * mean);
        }
        let squares: f64 = effect.iter().map(|value| value * value).sum();
        if free == 0 { 0.0 } else { squares / free as f64 }
    }

    fn components(&self) -> Components {
        let [points, worlds, replicates] = self.sizes.map(|size| size as f64);
        let of = |axes| self.mean_square(axes);
        let rest = of([true, true, true]);
        let (by_point, by_world, by_seed) =
            (of([true, false, false]), of([false, true, false]), of([false, false, true]));
        let (point_world, point_seed, world_seed) =
            (of([true, true, false]), of([true, false, true]), of([false, true, true]));
        let seed_alone = (by_seed - point_seed - world_seed + rest) / (points * worlds);
        let chance = seed_alone + (point_seed - rest) / worlds + (world_seed - rest) / points + rest;
        let decided = (by_point - point_seed - point_world + rest) / (worlds * replicates);
        let world = (by_world - world_seed - point_world + rest) / (points * replicates);
        Components {
            decided: decided.max(0.0),
            world: world.max(0.0),
            both: ((point_world - rest) / replicates).max(0.0),
            chance: chance.max(0.0),
            points: self.sizes[0],
            worlds: self.sizes[1],
            replicates: self.sizes[2],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::random_stream;
    use sim_core::base::RandomStream;

    fn normal(stream: &mut RandomStream) -> f64 {
        // The sum of twelve uniform draws has variance 1.
        (0..12).map(|_| stream.unit()).sum::<f64>() - 6.0
    }

    /// Values of a known model: standard deviations of points, worlds, both together, and chance; chance is
    /// the same in all cells of a replicate, if seeds are shared, but for a part.
    fn drawn(number: u64, sd: [f64; 4], sizes: [usize; 3], is_shared: bool) -> Vec<Vec<Vec<f64>>> {
        let mut stream = random_stream(number, 77);
        let [points, worlds, replicates] = sizes;
        let mut draws =
            |count: usize, sd: f64| -> Vec<f64> { (0..count).map(|_| sd * normal(&mut stream)).collect() };
        let (point, world) = (draws(points, sd[0]), draws(worlds, sd[1]));
        let (both, seed) = (draws(points * worlds, sd[2]), draws(replicates, sd[3] * 0.8));
        let own = draws(points * worlds * replicates, sd[3]);
        let chance = |cell: usize, replicate: usize| match is_shared {
            true => seed[replicate] + 0.6 * own[cell],
            false => own[cell],
        };
        let run = |p: usize, w: usize, r: usize| {
            point[p] + world[w] + both[p * worlds + w] + chance((p * worlds + w) * replicates + r, r)
        };
        (0..points)
            .map(|p| (0..worlds).map(|w| (0..replicates).map(|r| run(p, w, r)).collect()).collect())
            .collect()
    }

    fn mean_components(sd: [f64; 4], sizes: [usize; 3], is_shared: bool) -> [f64; 4] {
        const DRAWS: u64 = 400;
        let each = (0..DRAWS).map(|number| Components::of(&drawn(number, sd, sizes, is_shared)).unwrap());
        let sum = each.fold([0.0; 4], |sum, found| {
            let found = [found.decided, found.world, found.both, found.chance];
            [0, 1, 2, 3].map(|at| sum[at] + found[at])
        });
        sum.map(|sum| sum / DRAWS as f64)
    }

    /// Over 400 draws of six points, eight worlds and five replicates the mean of each component has a
    /// standard error of 2 to 4 % of it: within a tenth. Both where replicates share seeds and where not.
    #[test]
    fn components_of_a_known_model_are_found() {
        for is_shared in [false, true] {
            let found = mean_components([2.0, 3.0, 1.0, 2.0], [6, 8, 5], is_shared);
            for (found, truth) in found.into_iter().zip([4.0, 9.0, 1.0, 4.0]) {
                assert!((found / truth - 1.0).abs() < 0.1, "{is_shared}: {found} for {truth}");
            }
        }
    }

    /// The wrong twin: the variance of worlds' means, from which nothing is taken off, holds chance as well.
    #[test]
    fn the_variance_of_worlds_means_is_not_that_of_worlds() {
        let (sd, sizes) = ([0.0, 1.5, 0.0, 3.0], [1, 40, 3]);
        let found = mean_components(sd, sizes, false);
        assert!((found[1] / 2.25 - 1.0).abs() < 0.1 && (found[3] / 9.0 - 1.0).abs() < 0.1, "{found:?}");
        let naive = (0..400).map(|number| {
            let values = drawn(number, sd, sizes, false);
            let means: Vec<f64> = values[0].iter().map(|runs| runs.iter().sum::<f64>() / 3.0).collect();
            let mean = means.iter().sum::<f64>() / 40.0;
            means.iter().map(|one| (one - mean) * (one - mean)).sum::<f64>() / 39.0
        });
        assert!(naive.sum::<f64>() / 400.0 > 4.5);
    }

    #[test]
    fn what_cannot_be_told_apart_is_not_told() {
        assert_eq!(Components::of(&[]), None);
        assert_eq!(Components::of(&[vec![vec![1.0, 2.0]]]), None, "one world");
        assert_eq!(Components::of(&[vec![vec![1.0], vec![2.0]]]), None, "one replicate");
        let lacking = vec![vec![1.0, f64::NAN], vec![2.0, 3.0]];
        assert_eq!(Components::of(std::slice::from_ref(&lacking)), None, "no point is complete");
        let whole = vec![vec![1.0, 2.0], vec![5.0, 6.0]];
        let found = Components::of(&[lacking, whole]).unwrap();
        // Worked by hand: worlds' means 1.5 and 5.5 have variance 8; chance is 1/2 in both worlds alike.
        assert_eq!((found.points, found.world, found.chance), (1, 8.0, 0.5));
        assert_eq!((found.decided, found.both), (0.0, 0.0));
    }
}
