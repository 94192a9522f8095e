//! Names of outcomes and columns as words.

/// A name in snake case as words, as the field writes them.
pub fn in_words(name: &str) -> String {
    name.replace('_', " ").replace("self service", "self-service")
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn words_are_those_of_the_field() {
        assert_eq!(in_words("self_service_delivery_p50"), "self-service delivery p50");
        assert_eq!(in_words("station_orders"), "station orders");
    }
}
