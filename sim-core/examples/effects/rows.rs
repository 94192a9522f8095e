//! What is turned, and which figures show it.

/// A lever, its two sides, and figures that it moves.
pub struct Effect {
    /// Which part of the model it shows.
    pub part: &'static str,
    /// What both sides have beside the common country: path, value in RON.
    pub given: &'static [(&'static str, &'static str)],
    /// One side.
    pub from: &'static [(&'static str, &'static str)],
    /// The other.
    pub to: &'static [(&'static str, &'static str)],
    /// Outcomes, measures and payments.
    pub figures: &'static [&'static str],
}

const fn effect(
    part: &'static str,
    from: &'static [(&'static str, &'static str)],
    to: &'static [(&'static str, &'static str)],
    figures: &'static [&'static str],
) -> Effect {
    Effect { part, given: &[], from, to, figures }
}

const fn given(given: &'static [(&'static str, &'static str)], effect: Effect) -> Effect {
    Effect { given, ..effect }
}

/// Counties of the industrial coast, where clusters arise: Yiwu, Tonglu, Suichang, Shuyang, Cao.
const CLUSTERS: &[(&str, &str)] = &[("places.select", "Codes([330782, 330122, 331123, 321322, 371721])")];

/// All parts, in the order of the programme, the people, the shops, and those who decide.
pub const ROWS: &[Effect] = &[
    effect(
        "Programme",
        &[("programme.enabled", "false")],
        &[("programme.enabled", "true")],
        &["station_orders", "buying_share", "cost_of_living_change_mean", "spent_by_programme"],
    ),
    given(
        &[
            ("programme.tranches", "[(\"2014-10-13\", 12.0)]"),
            ("programme.teams", "1.0"),
            ("programme.team_growth", "0.0"),
        ],
        effect(
            "County centre",
            &[("programme.county_running_cost", "36000.0")],
            &[("programme.county_running_cost", "360000.0")],
            &["centres_open", "stations_open", "county_centre_premises"],
        ),
    ),
    effect(
        "County centre's staff",
        &[("programme.centre_staff", "1.0")],
        &[("programme.centre_staff", "6.0")],
        &["villages_screened", "stations_open", "station_orders", "county_centre_staff"],
    ),
    effect(
        "Station services",
        &[("partner.tickets_per_household", "0.0")],
        &[("partner.tickets_per_household", "0.05")],
        &["services_tickets", "trip_cost_saved", "partners_left", "partner_service_fees"],
    ),
    effect(
        "Partners",
        &[("programme.base_pay", "0.0")],
        &[("programme.base_pay", "500.0")],
        &["partners_left", "stations_open", "partner_base_pay"],
    ),
    effect(
        "Partners' training",
        &[("programme.training_hours", "0.0"), ("programme.refresher_hours", "0.0")],
        &[("programme.training_hours", "16.0"), ("programme.refresher_hours", "1.5")],
        &["partner_skill", "station_orders", "partner_training"],
    ),
    effect(
        "Strategies: shopkeepers or returnees",
        &[("programme.partner_kind", "Shopkeepers"), ("programme.later_partner_kind", "Shopkeepers")],
        &[("programme.partner_kind", "Returnees"), ("programme.later_partner_kind", "Returnees")],
        &["partner_income_p50", "partners_left", "stations_open"],
    ),
    effect(
        "Strategies: stop where it does not work",
        &[("rules", "[]")],
        &[(
            "rules",
            "[(name: \"stop\", when: \"orders_per_open_station < 120 for 3 months\", each: County, \
            set: (programme: (enabled: false)))]",
        )],
        &["stations_open", "station_orders", "spent_by_programme"],
    ),
    effect(
        "Two-way trade: farm inputs",
        &[("household.farm_inputs_online", "0.0")],
        &[("household.farm_inputs_online", "0.5")],
        &["farm_input_orders", "income_farm", "farm_input_purchase"],
    ),
    effect(
        "Two-way trade: produce",
        &[("shop.farm_gate_online", "0.33")],
        &[("shop.farm_gate_online", "0.5")],
        &["income_farm", "shops", "shop_produce"],
    ),
    effect(
        "Prices",
        &[("household.online_price", "0.95")],
        &[("household.online_price", "0.86")],
        &["buying_share", "self_service_orders", "cost_of_living_change_mean"],
    ),
    effect(
        "Range of goods",
        &[("household.variety_growth", "0.0")],
        &[("household.variety_growth", "0.16")],
        &["self_service_orders", "cost_of_living_change_mean"],
    ),
    given(
        CLUSTERS,
        effect(
            "Clusters: suppliers",
            &[("shop.suppliers_most", "1.0")],
            &[("shop.suppliers_most", "5.0")],
            &["shops", "shop_sales", "taobao_villages"],
        ),
    ),
    given(
        CLUSTERS,
        effect(
            "Clusters: example",
            &[("shop.copying", "0.0")],
            &[("shop.copying", "4.5")],
            &["shops_copied", "shops", "taobao_villages"],
        ),
    ),
    given(
        CLUSTERS,
        effect(
            "Workshop and factory",
            &[("shop.workshop_cost", "200000.0"), ("shop.factory_cost", "2000000.0")],
            &[("shop.workshop_cost", "10000.0"), ("shop.factory_cost", "100000.0")],
            &["workshops", "factories", "shop_machines", "shop_investment"],
        ),
    ),
    given(
        CLUSTERS,
        effect(
            "Cooperation",
            &[("shop.cooperation", "0.0")],
            &[("shop.cooperation", "0.5")],
            &["shop_shared", "shops", "shop_subcontracts"],
        ),
    ),
    effect(
        "Village shops",
        &[("household.online_price", "0.95")],
        &[("household.online_price", "0.6")],
        &["village_shops", "village_shop_spending"],
    ),
    effect(
        "Transport firms",
        &[("logistics.courier_hour_cost", "20.0")],
        &[("logistics.courier_hour_cost", "60.0")],
        &["delivered_village_share", "self_service_delivery_p50", "courier_wages"],
    ),
    effect(
        "Transport firms: joint rounds",
        &[("government.joint_target", "Nobody")],
        &[("government.joint_target", "Everywhere")],
        &["villages_joint", "delivered_village_share", "joint_delivery"],
    ),
    effect(
        "Returns",
        &[("logistics.returns", "0.0")],
        &[("logistics.returns", "0.3")],
        &["parcels_returned", "self_service_orders", "return_carriage"],
    ),
    effect(
        "Roads",
        &[("government.road_target", "Nobody")],
        &[("government.road_target", "Everywhere")],
        &["delivered_village_share", "courier_visits", "road_works"],
    ),
    effect(
        "Broadband",
        &[("government.broadband_target", "Nobody")],
        &[("government.broadband_target", "Everywhere")],
        &["shops", "shop_sales", "broadband"],
    ),
    effect(
        "Migration",
        &[("income.homecoming_for_work", "0.0")],
        &[("income.homecoming_for_work", "0.5")],
        &["migrants_returned", "migrants_away", "income_remittances"],
    ),
    effect(
        "Poverty: relief",
        &[("income.relief", "0.0")],
        &[("income.relief", "0.06")],
        &["poverty_rate", "poor_people", "relief"],
    ),
    given(
        &[(
            "targets",
            "[(name: \"sales\", measure: \"shop_sales\", in: Poverty, baseline: \"2015-12-31\", \
            factor: 4.0, by: \"2018-05-31\")]",
        )],
        effect(
            "Targets: sales of poor counties",
            &[("government.training_target", "Nobody")],
            &[("government.training_target", "Everywhere")],
            &["shops", "shop_sales", "public_training"],
        ),
    ),
    effect(
        "Government: demonstration counties",
        &[("government.demonstration_scale", "0.0")],
        &[("government.demonstration_scale", "10.0")],
        &["shops", "delivered_village_share", "demonstration_grant"],
    ),
    given(
        &[("shop.start_cash", "500.0"), ("shop.bank_credit", "0.0"), ("shop.platform_credit", "0.0")],
        effect(
            "Government: credit",
            &[("government.credit_target", "Nobody")],
            &[("government.credit_target", "Everywhere")],
            &["shops", "shop_debt", "interest_support"],
        ),
    ),
    effect(
        "Government: rent",
        &[("government.rent_target", "Nobody")],
        &[("government.rent_target", "Everywhere")],
        &["shops", "shop_jobs", "rent_support"],
    ),
    effect(
        "Government: couriers",
        &[("government.courier_target", "Nobody")],
        &[("government.courier_target", "Everywhere")],
        &["delivered_village_share", "buying_share", "courier_subsidy"],
    ),
    effect(
        "Lock-in",
        &[("platform.buyer_lock_in", "0.0")],
        &[("platform.buyer_lock_in", "2.0")],
        &["incumbent_buyer_share", "rival_orders"],
    ),
    effect(
        "Rivals who recruit",
        &[("platform.promoter_commission", "0.0")],
        &[("platform.promoter_commission", "0.06")],
        &["incumbent_buyer_share", "rival_orders", "rival_promoters"],
    ),
    given(
        CLUSTERS,
        effect(
            "Export",
            &[("government.export_target", "Nobody")],
            &[("government.export_target", "Everywhere")],
            &["exporters", "shop_exports", "export_support"],
        ),
    ),
    given(
        CLUSTERS,
        effect(
            "Quality",
            &[("government.quality_target", "Nobody")],
            &[("government.quality_target", "Everywhere")],
            &["shop_sales", "exporters", "quality_marks"],
        ),
    ),
    given(
        &[("places.villages_per_county", "10")],
        effect(
            "Next day",
            &[("programme.delivery_target", "6.0")],
            &[("programme.delivery_target", "1.0")],
            &["station_delivery_p50", "station_orders", "route_support"],
        ),
    ),
    effect(
        "Home delivery",
        &[("programme.home_delivery", "0.0")],
        &[("programme.home_delivery", "1.0")],
        &["station_orders", "parcels_brought_home", "home_delivery"],
    ),
    effect(
        "Installation",
        &[("programme.installation", "0.0")],
        &[("programme.installation", "1.0")],
        &["durable_orders", "durables_installed", "installation_support"],
    ),
    effect(
        "Open last mile",
        &[("programme.open_last_mile", "false")],
        &[("programme.open_last_mile", "true")],
        &["self_service_delivery_p50", "delivered_village_share", "buying_share", "last_mile_fees"],
    ),
    effect(
        "Select stores",
        &[("programme.select_store_share", "0.0")],
        &[("programme.select_store_share", "1.0")],
        &["partner_shelf_income", "partner_income_mean", "select_store_goods"],
    ),
    effect(
        "Analytics",
        &[("programme.analytics_cost", "0.0")],
        &[("programme.analytics_cost", "1.0")],
        &["station_orders", "self_service_orders", "analytics"],
    ),
    effect(
        "Masterclasses",
        &[("programme.masterclasses", "0.0")],
        &[("programme.masterclasses", "10.0")],
        &["masterclass_attendances", "buying_share", "shops", "masterclass_fee"],
    ),
    effect(
        "Sales help",
        &[("partner.sales_help_gain", "0.0"), ("partner.sales_help_fee", "0.0")],
        &[("partner.sales_help_gain", "0.3"), ("partner.sales_help_fee", "0.01")],
        &["shop_sales", "sales_help"],
    ),
];
