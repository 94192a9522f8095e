"""Tables in other libraries, without copies."""

import gc

import pytest

import countryside

numpy = pytest.importorskip("numpy")
pyarrow = pytest.importorskip("pyarrow")

TABLES = {
    "nation", "province", "county", "village", "partner", "episode", "followed", "followed_shop", "ledger",
    "balances",
}


def address(array):
    return array.__array_interface__["data"][0]


def test_all_tables_are_there_with_units(tiny_run):
    assert set(tiny_run.tables) == TABLES
    nation = tiny_run.tables["nation"]
    assert nation.num_rows == 24 and "month" in nation
    assert nation["station_orders"].unit == "orders/month"
    assert nation["station_orders"].definition.endswith(".")
    with pytest.raises(KeyError, match="did you mean 'station_orders'"):
        nation["station_order"]
    with pytest.raises(KeyError, match="it is now called 'self_service_orders'"):
        nation["alone_orders"]
    with pytest.raises(KeyError, match="did you mean 'nation'"):
        tiny_run.tables["nations"]


def test_arrow_takes_every_table_and_keeps_units_and_gaps(tiny_run):
    for name, table in tiny_run.tables.items():
        taken = pyarrow.table(table)
        taken.validate(full=True)
        assert (taken.num_rows, taken.column_names) == (table.num_rows, table.column_names), name
        for column in table.column_names:
            assert taken[column].to_pylist() == table[column].to_list(), (name, column)
        assert taken.schema.metadata[b"description"].decode() == table.description
    nation = pyarrow.table(tiny_run.tables["nation"])
    assert nation.schema.field("mean_order_value").metadata[b"unit"] == b"yuan/order"
    per_station = tiny_run.outcomes["orders_per_open_station"]
    gaps = sum(value != value for value in per_station.series)
    assert gaps > 0 and nation["orders_per_open_station"].null_count == gaps


def test_numbers_are_not_copied(tiny_run):
    nation = tiny_run.tables["nation"]
    for name in ("station_orders", "poverty_rate"):
        values = numpy.asarray(nation[name])
        assert address(values) == address(numpy.asarray(nation[name])) == address(nation[name])
        first, second = pyarrow.table(nation), pyarrow.table(nation)
        buffers = [taken[name].chunk(0).buffers()[1].address for taken in (first, second)]
        assert buffers == [address(values)] * 2
        assert pyarrow.array(nation[name]).buffers()[1].address == address(values)
        assert not values.flags.writeable
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(nation)
    assert frame["station_orders"].to_numpy(allow_copy=False).__array_interface__["data"][0] == address(
        nation["station_orders"]
    )


def test_what_was_handed_out_outlives_the_run(quick):
    run = quick.run(progress=False)
    expected = run.tables["nation"]["self_service_orders"].to_list()
    array = numpy.asarray(run.tables["nation"]["self_service_orders"])
    taken = pyarrow.table(run.tables["nation"])
    del run
    gc.collect()
    [bytearray(1 << 20) for _ in range(50)]
    assert array.tolist() == expected and taken["self_service_orders"].to_pylist() == expected


def test_pandas_polars_and_duckdb_take_them(tiny_run):
    nation = tiny_run.tables["nation"]
    total = sum(nation["station_orders"])
    assert nation.to_pyarrow()["station_orders"].to_pylist() == nation["station_orders"].to_list()
    pytest.importorskip("pandas")
    frame = nation.to_pandas()
    assert frame["station_orders"].sum() == total and frame["month"].iloc[0] == "2014-10"
    pytest.importorskip("polars")
    assert nation.to_polars()["station_orders"].sum() == total
    duckdb = pytest.importorskip("duckdb")
    assert duckdb.sql("select sum(station_orders)::bigint from nation").fetchall() == [(total,)]


def test_columns_are_sequences(tiny_run):
    months = tiny_run.tables["nation"]["month"]
    assert (months[0], months[-1], len(months)) == ("2014-10", "2016-09", 24)
    assert numpy.asarray(months)[1] == "2014-11"
    with pytest.raises(IndexError):
        months[24]
    with pytest.raises(IndexError):
        months[-25]
    assert repr(tiny_run.tables["nation"]["stations_open"]).startswith(
        "<countryside.Column stations_open [stations], 24 rows: "
    )
    assert "nation: 24 rows" in repr(tiny_run.tables)
