//! The switches of a convention: each choice that appraisals are seen to differ in.

use crate::reference::IndexKind;
use crate::reference::words::words;

words! {
    /// Where the clock of the discount schedule starts.
    Origin {
        /// In the year present values are of.
        PresentValueYear = "present-value-year",
        /// In the first year of the model.
        Start = "start",
        /// In the year the measure opens: the model's `discount_origin`, or its first year where it gives none.
        OpeningYear = "opening-year",
    }
}

words! {
    /// How deadweight, displacement and attribution combine.
    Filters {
        /// Each takes its share of what the one before left.
        Multiplicative = "multiplicative",
        /// Their sum is taken from the whole: in use somewhere, and can fall below zero.
        Additive = "additive",
    }
}

words! {
    /// What drop-off does to the years of an outcome.
    DropOff {
        /// From the second year on, each year keeps its share of the year before.
        Geometric = "geometric",
        /// It is taken once from the sum of all years.
        Once = "once",
        /// Each year loses the same share of the first.
        Linear = "linear",
    }
}

words! {
    /// Which measures the own share of an outcome applies to.
    AttributionScope {
        /// What the intervention claims as social return; causal amounts stay whole.
        SroiClaims = "sroi-claims",
        /// Every measure: common practice, and said.
        EveryMeasure = "every-measure",
    }
}

words! {
    /// What money moved between holders is to society.
    TransferCounting {
        /// Nothing: what one gains the other loses.
        Cancel = "cancel",
        /// The gain of whoever gets it: common practice, said and warned about.
        GainingHolderOnly = "gaining-holder-only",
    }
}

words! {
    /// Which ratio is the headline.
    RatioKind {
        /// Outcomes over inputs.
        Gross = "gross",
        /// Outcomes less inputs, over inputs.
        Net = "net",
    }
}

words! {
    /// What stands below the line of a ratio.
    Denominator {
        /// All resources put in, before anything is set off.
        AllInputs = "all-inputs",
        /// What one payer puts in.
        Payer = "payer",
    }
}

words! {
    /// Which values people are taken to be willing to pay for, where the value itself does not say.
    WillingnessToPay {
        /// All that a holder gains or loses who is no public budget.
        EveryValue = "every-value",
        /// Those marked `wtp = "yes"` only.
        MarkedValues = "marked-values",
    }
}

words! {
    /// What a marginal value of public funds is where nothing is gained and nothing paid.
    NothingForNothing {
        /// Not defined.
        Undefined = "undefined",
        /// Infinite, as published code has it.
        Infinite = "infinite",
    }
}

words! {
    /// The index that carries prices between years.
    PriceIndex {
        /// Consumer prices.
        ConsumerPrices = "consumer-prices",
        /// The GDP deflator.
        GdpDeflator = "gdp-deflator",
        /// Norway's basic amount G, average of the year.
        Grunnbelop = "grunnbelop",
        /// The same amount as it stands from 1 May of the year.
        GrunnbelopFromMay = "grunnbelop-from-may",
    }
}

words! {
    /// What carries resources between countries.
    ExchangeBasis {
        /// The market's rate of exchange.
        Market = "market",
        /// What the money buys at home.
        PurchasingPower = "purchasing-power",
    }
}

impl PriceIndex {
    /// The kind of series it is found in.
    pub fn kind(self) -> IndexKind {
        match self {
            PriceIndex::ConsumerPrices => IndexKind::ConsumerPrices,
            PriceIndex::GdpDeflator => IndexKind::GdpDeflator,
            PriceIndex::Grunnbelop => IndexKind::Grunnbelop,
            PriceIndex::GrunnbelopFromMay => IndexKind::GrunnbelopFromMay,
        }
    }
}
