# What people do with a clone of Steward. Each target installs what it needs.
.PHONY: demo test lint format build bench shell-files clean

# Builds the tool, makes the sample community, and runs the reading club's rules over it.
demo: build
	@.build/release/steward sample .build/demo/data
	@.build/release/steward run rules/home-community --data .build/demo/data --out .build/demo/out
	@echo
	@echo "The sample community is in .build/demo/data, the tables are in .build/demo/out."

build:
	@scripts/setup.sh
	@swift build -c release --product steward

test:
	@scripts/setup.sh
	@swift build --build-tests
	@swift test --skip-build

lint:
	@scripts/setup.sh
	@swift format lint --strict --recursive --parallel Package.swift Sources Plugins Tests

format:
	@swift format --in-place --recursive --parallel Package.swift Sources Plugins Tests

# SIZE=S (1 million events) or M (10 million).
bench:
	@Benchmarks/run.sh $(or $(SIZE),S)

# Completions for bash, zsh and fish, and man pages, in .build/shell.
shell-files: build
	@scripts/shell-files.sh .build/release/steward .build/shell
	@ls .build/shell

clean:
	@rm -rf .build
