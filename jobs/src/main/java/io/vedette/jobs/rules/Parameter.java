package io.vedette.jobs.rules;

import io.vedette.model.yaml.YamlValue;

/** A number that a rule gives a name, and where it stands: in the rule or, for a model, in the configuration. */
record Parameter(double value, YamlValue where) {}
