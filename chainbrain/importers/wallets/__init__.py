"""Bills of WeChat Pay and Alipay, of merchants and of persons."""
