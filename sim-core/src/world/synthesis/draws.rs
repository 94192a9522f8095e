//! Which block of which stream each thing draws: one list, so that no two draw the same.
//!
//! All are blocks of [`Purpose::Place`]. A county's own are low counts, its towns' from 2^20, its
//! prefecture's (under the prefecture's code with two zeros, which a few counties also have) from 2^32.

use crate::base::random_stream::{block, unit};
use crate::base::{CountyCode, Owner, Purpose, Seed, math};

const INDUSTRY: u64 = 16;
const TOWN: u64 = 1 << 20;
const PREFECTURE: u64 = 1 << 32;

/// Eight standard normals for a county's figures.
pub(super) fn county_normals(seed: Seed, code: CountyCode) -> [f64; 8] {
    let owner = Owner::county(code);
    let first = normals(block(seed, owner, Purpose::Place, 0));
    let second = normals(block(seed, owner, Purpose::Place, 1));
    [first[0], first[1], first[2], first[3], second[0], second[1], second[2], second[3]]
}

/// Words for a county's industry in one product.
pub(super) fn industry(seed: Seed, code: CountyCode, product: usize) -> [u32; 4] {
    block(seed, Owner::county(code), Purpose::Place, INDUSTRY + product as u64)
}

/// Words for a prefecture's industry in one product, by the code of any of its counties.
pub(super) fn prefecture_industry(seed: Seed, code: CountyCode, product: usize) -> [u32; 4] {
    let prefecture = CountyCode(code.0 / 100 * 100);
    block(seed, Owner::county(prefecture), Purpose::Place, PREFECTURE + product as u64)
}

/// Words for a county's town, by its index.
pub(super) fn town(seed: Seed, code: CountyCode, town: usize) -> [u32; 4] {
    block(seed, Owner::county(code), Purpose::Place, TOWN + town as u64)
}

/// Words for a village; `count` tells the uses apart.
pub(super) fn village(seed: Seed, code: CountyCode, number: u16, count: u64) -> [u32; 4] {
    block(seed, Owner::village(code, number), Purpose::Place, count)
}

/// A word as a standard normal.
pub(super) fn normal(word: u32) -> f64 {
    math::normal_quantile(unit(word))
}

fn normals(words: [u32; 4]) -> [f64; 4] {
    words.map(normal)
}
