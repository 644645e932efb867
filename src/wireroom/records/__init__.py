"""What facts and judgements does Wireroom keep? Frozen records only: no behaviour, no I/O."""
