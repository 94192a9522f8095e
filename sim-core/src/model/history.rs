//! Selling before the run: months in which nothing happens but entry, copying, selling and closing shops,
//! and at Spring Festival migrants' coming and going.
//!
//! Villages sold online before the programme came, and whoever sells is copied: a run that begins in 2014
//! without a shop would have its Taobao villages years too late. Shops are therefore simulated from
//! `shop.history` to the start, by the same rules and random streams as in the run, and exchange with the
//! national markets once a month instead of once a window. Couriers are as in the mean of villages alike
//! (`model/earlier_buyers.rs`), and come to villages whose shops pay for a round; buyers are made as they are
//! at the start (`village/synthesis.rs`). Rejected: running everything from 2009, which takes longer than the
//! run itself; drawing shops from a fitted distribution, which would write the outcome into the code.

use super::county_process::CountyProcess;
use super::earlier_buyers::EarlierBuyers;
use super::nation_process;
use super::setting::Setting;
use crate::base::{Month, Product};
use crate::event::MarketNews;

/// What products of a county's shops are sought for in a month.
type Sums = [i64; Product::COUNT];

/// What is done in a county.
pub(super) type Work<'w> = &'w (dyn Fn(&mut CountyProcess) -> Sums + Sync);

/// Works through the months of selling before the run. `each` does something in every county, on as many
/// threads as there are, and gives what comes of it; `total` adds sums up over all ranks that share the
/// run. Returns what the markets do at its start.
pub(super) fn sell(
    setting: &Setting,
    earlier: &EarlierBuyers,
    counties: &mut [CountyProcess],
    each: &dyn Fn(&mut [CountyProcess], Work) -> Vec<Sums>,
    total: &mut dyn FnMut(&mut [i64]),
) -> MarketNews {
    let first = Month::of(setting.parameters.shop.history.midnight());
    let last = Month::of(setting.start);
    let mut news = nation_process::opening_news(setting);
    let mut month = first;
    while month < last {
        let next = month.next();
        let mut sum = [0; Product::COUNT];
        for part in each(counties, &|county| county.earlier_month(setting, earlier, month, &news)) {
            sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
        }
        total(&mut sum);
        news = nation_process::earlier_news(setting, next.start(), &sum);
        month = next;
    }
    if first < last {
        each(counties, &|county| {
            county.end_history(setting, earlier, &news);
            [0; Product::COUNT]
        });
    }
    news
}
