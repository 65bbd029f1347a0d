@NullMarked
package io.vedette.jobs;

import org.jspecify.annotations.NullMarked;
