//! `orders` in ixa, as its book teaches: entities with properties, plans, a joint index of what is queried,
//! data of the model in a plugin.

use ixa::prelude::*;
use rand_distr::Exp;
use serde::{Deserialize, Serialize};
use workload::{
    ADOPTED, ARRIVES, COLLECTED, DECIDE, HOUSEHOLDS, LEARNING, LEAVES, Options, PATIENCE, RATE, SATISFACTION,
    TO_HUB, Tally, adoption, program,
};

define_rng!(OrderRng);
define_rng!(ParcelRng);
define_rng!(DecisionRng);

define_entity!(Household);
define_property!(struct Village(u32), Household);
define_property!(struct Adopted(bool), Household, default_const = Adopted(false));
#[derive(Copy, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Satisfaction(f64);
impl_property!(Satisfaction, Household, default_const = Satisfaction(SATISFACTION));
define_multi_property!(Household, (Village, Adopted));

#[derive(Clone, Copy)]
struct Parcel {
    household: EntityId<Household>,
    ordered: f64,
}

#[derive(Default)]
struct Hub {
    waiting: Vec<Vec<Parcel>>,
    tally: Tally,
}
define_data_plugin!(HubPlugin, Hub, Hub::default());

fn next_order(context: &mut Context, household: EntityId<Household>) {
    let gap = context.sample_distr(OrderRng, Exp::new(RATE).expect("a positive rate"));
    let time = context.get_current_time() + gap;
    context.add_plan(time, move |context| order(context, household));
}

fn order(context: &mut Context, household: EntityId<Household>) {
    let ordered = context.get_current_time();
    let hub = ordered + context.sample_range(ParcelRng, TO_HUB.0..TO_HUB.1);
    context.get_data_mut(HubPlugin).tally.orders += 1;
    context.add_plan(hub, move |context| reach_hub(context, Parcel { household, ordered }));
    next_order(context, household);
}

fn reach_hub(context: &mut Context, parcel: Parcel) {
    let Village(village) = context.get_property(parcel.household);
    let hub = context.get_data_mut(HubPlugin);
    hub.tally.hub_arrivals += 1;
    hub.waiting[village as usize].push(parcel);
}

fn leave(context: &mut Context, village: u32) {
    let hub = context.get_data_mut(HubPlugin);
    hub.tally.departures += 1;
    let load = std::mem::take(&mut hub.waiting[village as usize]);
    let now = context.get_current_time();
    context.add_plan(now + ARRIVES - LEAVES, move |context| arrive(context, load));
    context.add_plan(now + 1.0, move |context| leave(context, village));
}

fn arrive(context: &mut Context, load: Vec<Parcel>) {
    context.get_data_mut(HubPlugin).tally.arrivals += 1;
    for parcel in load {
        let collected = context.get_current_time() + context.sample_range(ParcelRng, 0.0..COLLECTED);
        context.add_plan(collected, move |context| collect(context, parcel));
    }
}

fn collect(context: &mut Context, parcel: Parcel) {
    let delay = context.get_current_time() - parcel.ordered;
    let tally = &mut context.get_data_mut(HubPlugin).tally;
    tally.collections += 1;
    tally.delay += delay;
    let Satisfaction(old) = context.get_property(parcel.household);
    let pleased = f64::from(u8::from(delay <= PATIENCE));
    context.set_property(parcel.household, Satisfaction(old + LEARNING * (pleased - old)));
}

fn decide(context: &mut Context, village: u32) {
    let adopters = context.query_entity_count(with!(Household, Village(village), Adopted(true)));
    let share = adopters as f64 / f64::from(HOUSEHOLDS);
    let others: Vec<_> =
        context.query_result_iterator(with!(Household, Village(village), Adopted(false))).collect();
    context.get_data_mut(HubPlugin).tally.decisions += others.len() as u64;
    for household in others {
        let Satisfaction(satisfaction) = context.get_property(household);
        if context.sample_bool(DecisionRng, adoption(share, satisfaction)) {
            context.set_property(household, Adopted(true));
        }
    }
    let next = context.get_current_time() + f64::from(DECIDE);
    context.add_plan(next, move |context| decide(context, village));
}

fn run(_kind: &str, options: &Options) -> Tally {
    let mut context = Context::new();
    context.init_random(options.seed);
    context.get_data_mut(HubPlugin).waiting = vec![Vec::new(); options.villages as usize];
    for number in 0..options.villages * HOUSEHOLDS {
        let properties = with!(Household, Village(number / HOUSEHOLDS), Adopted(number % ADOPTED == 0));
        let household = context.add_entity(properties).expect("all properties are given");
        next_order(&mut context, household);
    }
    context.index_property::<Household, (Village, Adopted)>();
    for village in 0..options.villages {
        context.add_plan(LEAVES, move |context| leave(context, village));
        context.add_plan(f64::from(DECIDE), move |context| decide(context, village));
    }
    context.add_plan(f64::from(options.days), |context| context.shutdown());
    context.execute();
    let adopters = context.query_entity_count(with!(Household, Adopted(true))) as u64;
    Tally { adopters, ..context.get_data(HubPlugin).tally }
}

fn main() {
    program(run, "ixa");
}
