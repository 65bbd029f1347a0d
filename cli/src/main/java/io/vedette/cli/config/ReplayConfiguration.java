package io.vedette.cli.config;

import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.rules.RuleSet;

/** What a replay derives, and the rules by which it judges that. */
public record ReplayConfiguration(DeriveSettings derive, RuleSet rules) {
    /** The shipped rules, and everything else as it is without a configuration. */
    public static ReplayConfiguration shipped() {
        return new ReplayConfiguration(DeriveSettings.defaults(), RuleConfiguration.SHIPPED.load());
    }
}
